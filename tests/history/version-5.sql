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
CREATE TABLE beat (  -- the position of the running session, written every second
    session INTEGER PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    wall INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    set_number INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    measure TEXT,  -- NULL in a gap
    low INTEGER NOT NULL,  -- ms or a count; 0 in a phase and in a gap
    high INTEGER NOT NULL,
    phase TEXT,
    into_ms INTEGER NOT NULL
);
INSERT INTO "beat" VALUES(1,1790000139000,139000,1,3,'work','right',1,1,'time',10000,10000,NULL,4000);
INSERT INTO "beat" VALUES(2,1790000014000,14000,1,0,'work','left',1,1,'phase',0,0,'stretch',4000);
INSERT INTO "beat" VALUES(3,1790000074000,74000,0,0,'wait',NULL,0,0,NULL,0,0,NULL,4000);
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
INSERT INTO "done" VALUES(1,1,1,'calf-wall-straight','calf','left',10000,1790000139000);
INSERT INTO "done" VALUES(1,3,1,'calf-wall-straight','calf','right',10000,1790000139000);
INSERT INTO "done" VALUES(1,5,2,'quad-stand','quad','left',10000,1790000139000);
INSERT INTO "done" VALUES(1,7,1,'calf-wall-straight','calf','left',10000,1790000139000);
INSERT INTO "done" VALUES(1,9,1,'calf-wall-straight','calf','right',10000,1790000139000);
INSERT INTO "done" VALUES(1,11,2,'quad-stand','quad','left',10000,1790000139000);
INSERT INTO "done" VALUES(1,13,1,'calf-wall-straight','calf','left',10000,1790000139000);
INSERT INTO "done" VALUES(1,15,1,'calf-wall-straight','calf','right',4000,1790000139000);
INSERT INTO "done" VALUES(2,1,1,'Ham','','left',4000,1790000014000);
INSERT INTO "done" VALUES(3,1,1,'calf-wall-straight','calf','left',10000,1790000074000);
INSERT INTO "done" VALUES(3,3,1,'calf-wall-straight','calf','right',10000,1790000074000);
INSERT INTO "done" VALUES(3,6,2,'quad-stand','quad','left',10000,1790000074000);
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
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    age_band TEXT,
    last_used INTEGER NOT NULL
, deep_pressure REAL, deep_pressure_over INTEGER NOT NULL DEFAULT 0);
INSERT INTO "person" VALUES(1,'Ana','ana',NULL,1790000000000,NULL,0);
INSERT INTO "person" VALUES(2,'Ben','ben',NULL,1790000000000,NULL,0);
INSERT INTO "person" VALUES(3,'Cem','cem',NULL,1790000000000,NULL,0);
CREATE TABLE red_flag (
    person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    question TEXT NOT NULL,
    at REAL NOT NULL
);
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
);
INSERT INTO "session" VALUES(1,1,'test','Test','/home/ana/t.yaml','low',NULL,1790000000000,NULL,'running',165000,0);
INSERT INTO "session" VALUES(2,2,'test','Test','/home/ben/t.yaml','low',NULL,1790000000000,NULL,'running',82000,0);
INSERT INTO "session" VALUES(3,3,'test','Test','/home/cem/t.yaml','low',NULL,1790000000000,NULL,'running',105000,0);
CREATE TABLE soreness (  -- 0 to 10, before and after a session
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    place TEXT,
    side TEXT,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    wall INTEGER NOT NULL
);
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
COMMIT;
PRAGMA user_version = 5;
