BEGIN TRANSACTION;
CREATE TABLE after (  -- how it went after a session, as told at a later start
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
INSERT INTO "answered" VALUES(1,'P1',100.0);
INSERT INTO "answered" VALUES(1,'age',100.0);
CREATE TABLE beat (  -- where the running session is, written every second
    session INTEGER PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    wall INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    set_number INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    label TEXT,
    into_ms INTEGER NOT NULL
);
INSERT INTO "beat" VALUES(2,1790086647000,97000,1,0,'work','left',2,1,'30s',12000);
INSERT INTO "beat" VALUES(3,1790086757300,50000,1,0,'work','left',1,2,'Contract',2000);
INSERT INTO "beat" VALUES(4,1790086842800,25000,1,0,'work','left',1,1,'stretch',9000);
INSERT INTO "beat" VALUES(5,1790086942100,39000,1,0,'work','left',1,1,'squeeze the ball 2 times',3000);
INSERT INTO "beat" VALUES(6,1790087019500,17000,1,0,'work','both',1,1,'8-12 reps',7000);
INSERT INTO "beat" VALUES(7,1790087122700,43000,1,0,'work','right',1,1,'10 reps',8000);
INSERT INTO "beat" VALUES(8,1790087307700,125000,1,0,'work','right',1,1,'up to 1:00-1:30',20000);
INSERT INTO "beat" VALUES(9,1790087408200,40000,1,0,'work','both',1,1,'1 breath',30000);
INSERT INTO "beat" VALUES(10,1790087500200,32000,1,0,'switch','right',1,1,NULL,2000);
CREATE TABLE done (  -- work really done: one row for each segment that was worked on
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
INSERT INTO "done" VALUES(1,3,1,'calf-wall-straight','calf','right',30000,1790000075000);
INSERT INTO "done" VALUES(1,5,1,'calf-wall-straight','calf','left',30000,1790000115000);
INSERT INTO "done" VALUES(1,7,1,'calf-wall-straight','calf','right',30000,1790000150000);
INSERT INTO "done" VALUES(2,1,1,'calf-wall-straight','calf','left',30000,1790086590000);
INSERT INTO "done" VALUES(2,3,1,'calf-wall-straight','calf','right',30000,1790086625000);
INSERT INTO "done" VALUES(2,5,1,'calf-wall-straight','calf','left',12000,1790086647000);
INSERT INTO "done" VALUES(3,1,1,'Ham','','left',6000,1790086723300);
INSERT INTO "done" VALUES(3,2,1,'Ham','','left',20000,1790086743300);
INSERT INTO "done" VALUES(3,3,1,'Ham','','left',8000,1790086751300);
INSERT INTO "done" VALUES(3,5,1,'Ham','','left',2000,1790086757300);
INSERT INTO "done" VALUES(4,1,1,'Ham','','left',6000,1790086833800);
INSERT INTO "done" VALUES(4,2,1,'Ham','','left',9000,1790086842800);
INSERT INTO "done" VALUES(5,1,1,'Ham','','left',6000,1790086919100);
INSERT INTO "done" VALUES(5,2,1,'Ham','','left',20000,1790086939100);
INSERT INTO "done" VALUES(5,3,1,'Ham','','left',3000,1790086942100);
INSERT INTO "done" VALUES(6,1,1,'Raises','','both',7000,1790087019500);
INSERT INTO "done" VALUES(7,1,1,'Raises','','left',20000,1790087109700);
INSERT INTO "done" VALUES(7,3,1,'Raises','','right',8000,1790087122700);
INSERT INTO "done" VALUES(8,1,1,'calf-wall-straight','calf','left',90000,1790087282700);
INSERT INTO "done" VALUES(8,3,1,'calf-wall-straight','calf','right',20000,1790087307700);
INSERT INTO "done" VALUES(9,1,1,'Belly','','both',30000,1790087408200);
INSERT INTO "done" VALUES(10,1,1,'calf-wall-straight','calf','left',20000,1790087498200);
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
INSERT INTO "person" VALUES(1,'Ana','ana','65 or over',1790086550000,NULL,0);
INSERT INTO "person" VALUES(2,'Ben','ben',NULL,1790086707300,NULL,0);
INSERT INTO "person" VALUES(3,'Cem','cem',NULL,1790086817800,NULL,0);
INSERT INTO "person" VALUES(4,'Dee','dee',NULL,1790086903100,NULL,0);
INSERT INTO "person" VALUES(5,'Eli','eli',NULL,1790087002500,NULL,0);
INSERT INTO "person" VALUES(6,'Fay','fay',NULL,1790087079700,NULL,0);
INSERT INTO "person" VALUES(7,'Gus','gus',NULL,1790087182700,NULL,0);
INSERT INTO "person" VALUES(8,'Hal','hal',NULL,1790087368200,NULL,0);
INSERT INTO "person" VALUES(9,'Ida','ida',NULL,1790087468200,NULL,0);
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
INSERT INTO "session" VALUES(1,1,'t','Calf, done','/t.yaml','low',NULL,1790000000000,1790000150000,'complete',150000,150000);
INSERT INTO "session" VALUES(2,1,'t','Ana''s','/t.yaml','low',NULL,1790086550000,NULL,'running',150000,0);
INSERT INTO "session" VALUES(3,2,'t','Ben''s','/t.yaml','low',NULL,1790086707300,NULL,'running',82000,0);
INSERT INTO "session" VALUES(4,3,'t','Cem''s','/t.yaml','low',NULL,1790086817800,NULL,'running',82000,0);
INSERT INTO "session" VALUES(5,4,'t','Dee''s','/t.yaml','low',NULL,1790086903100,NULL,'running',82000,0);
INSERT INTO "session" VALUES(6,5,'t','Eli''s','/t.yaml','low',NULL,1790087002500,NULL,'running',34000,0);
INSERT INTO "session" VALUES(7,6,'t','Fay''s','/t.yaml','low',NULL,1790087079700,NULL,'running',105000,0);
INSERT INTO "session" VALUES(8,7,'t','Gus''s','/t.yaml','high',NULL,1790087182700,NULL,'running',195000,0);
INSERT INTO "session" VALUES(9,8,'t','Hal''s','/t.yaml','low',NULL,1790087368200,NULL,'running',60000,0);
INSERT INTO "session" VALUES(10,9,'t','Ida''s','/t.yaml','low',NULL,1790087468200,NULL,'running',110000,0);
CREATE TABLE soreness (  -- 0 to 10, before and after a session
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    place TEXT,
    side TEXT,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    wall INTEGER NOT NULL
);
CREATE TABLE standing (  -- what is kept of the profile; never an answer in words
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    place TEXT,
    side TEXT,
    question TEXT NOT NULL,
    at REAL NOT NULL,
    since REAL,
    cleared_at REAL
);
INSERT INTO "standing" VALUES(1,'acute_strain','ham','left','I6',100.0,90.0,NULL);
COMMIT;
PRAGMA user_version = 4;
