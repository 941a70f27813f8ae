BEGIN TRANSACTION;
CREATE TABLE after (  -- how the person felt after a session, as reported at a later start
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    told TEXT NOT NULL,
    place TEXT,
    side TEXT,
    at REAL NOT NULL
);
CREATE TABLE answered (
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (person, question)
);
INSERT INTO "answered" VALUES(1,'P1',1789000000.0);
INSERT INTO "answered" VALUES(1,'P3',1789000000.0);
INSERT INTO "answered" VALUES(1,'age',1789000000.0);
CREATE TABLE beat (  -- the position of the running session, written every second
    session INTEGER PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    wall INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    set_number INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    measure TEXT,  -- NULL in a gap
    low INTEGER NOT NULL,  -- ms or a count; 0 in a phase and in a gap
    high INTEGER NOT NULL,
    phase TEXT,
    into_ms INTEGER NOT NULL
, part INTEGER, exercise TEXT);
INSERT INTO "beat" VALUES(2,1790000097000,97000,1,1,'work','left',2,1,'time',30000,30000,NULL,12000,0,'calf-wall-straight');
CREATE TABLE done (  -- the work done: one row for each segment with work
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    regions TEXT NOT NULL,
    side TEXT,
    ms INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    PRIMARY KEY (session, segment)
);
INSERT INTO "done" VALUES(1,1,1,'calf-wall-straight','calf','left',30000,1790000040000);
INSERT INTO "done" VALUES(2,1,1,'calf-wall-straight','calf','left',30000,1790000097000);
INSERT INTO "done" VALUES(2,3,1,'calf-wall-straight','calf','right',30000,1790000097000);
INSERT INTO "done" VALUES(2,5,1,'calf-wall-straight','calf','left',12000,1790000097000);
CREATE TABLE hurt (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    exercise TEXT,
    side TEXT,
    position_ms INTEGER NOT NULL,
    feeling TEXT,
    wall INTEGER NOT NULL
);
CREATE TABLE loud (  -- percent
    person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    voice INTEGER NOT NULL,
    chimes INTEGER NOT NULL,
    background INTEGER NOT NULL
);
INSERT INTO "loud" VALUES(1,70,50,10);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    age_band TEXT,
    last_used INTEGER NOT NULL
, deep_pressure REAL, deep_pressure_over INTEGER NOT NULL DEFAULT 0);
INSERT INTO "person" VALUES(1,'Ana','ana','older',1790000000000,1789000000.0,0);
INSERT INTO "person" VALUES(2,'Ben','ben',NULL,1790000000000,NULL,0);
CREATE TABLE red_flag (
    person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    question TEXT NOT NULL,
    at REAL NOT NULL
);
INSERT INTO "red_flag" VALUES(2,'dvt_signs','G3',1790000000.0);
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    routine TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    pick TEXT NOT NULL,
    chosen_side TEXT,
    started INTEGER NOT NULL,
    ended INTEGER,
    state TEXT NOT NULL,  -- running, complete, partial
    total_ms INTEGER NOT NULL,
    position_ms INTEGER NOT NULL DEFAULT 0
, steps TEXT, plays TEXT);
INSERT INTO "session" VALUES(1,1,'test','Test','/home/ana/t.yaml','low',NULL,1790000000000,1790000040000,'partial',75000,40000,'["calf-wall-straight"]','[1]');
INSERT INTO "session" VALUES(2,2,'test','Test','/home/ben/t.yaml','low',NULL,1790000000000,NULL,'running',150000,0,'["calf-wall-straight"]','[1]');
CREATE TABLE soreness (  -- 0 to 10, before and after a session
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    place TEXT,
    side TEXT,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    wall INTEGER NOT NULL
);
INSERT INTO "soreness" VALUES(1,'calf','left',4,2,1790000041000);
CREATE TABLE standing (  -- the findings of the profile; no answer is stored as text
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    place TEXT,
    side TEXT,
    question TEXT NOT NULL,
    at REAL NOT NULL,
    since REAL,
    cleared_at REAL
);
INSERT INTO "standing" VALUES(1,'acute_strain','ham','left','I6',1789990000.0,1789900000.0,NULL);
INSERT INTO "standing" VALUES(1,'dvt_history',NULL,NULL,'P3',1789000000.0,NULL,1789000000.0);
COMMIT;
PRAGMA user_version = 6;
