-- A facet's timeline is kept once for all of whom it was ever said; of a person only the numbers of theirs are kept.

-- What the tables below hold follows from the journal alone: where decisions were applied before, it is read again.
UPDATE bus.position SET seq = 0
WHERE reader = 'reporting' AND lane = 'decisions' AND EXISTS (SELECT FROM facet);
DELETE FROM bus.parked WHERE reader = 'reporting' AND lane = 'decisions' AND EXISTS (SELECT FROM facet);

DROP VIEW counting;
DROP TABLE contribution, cell, standing, span, facet, day;

CREATE TABLE timeline (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    facet text NOT NULL,
    fingerprint bytea NOT NULL,
    said text NOT NULL
);
COMMENT ON TABLE timeline IS 'Each different thing that was ever said of a facet, whole; 0 stands for nothing.';
COMMENT ON COLUMN timeline.fingerprint IS
    'By it a timeline is found; two partitions that keep the same new one at once each keep their own, and none waits.';
COMMENT ON COLUMN timeline.said IS 'Its spans as JSON, as they lie in the table that has the name of the facet.';
CREATE INDEX timeline_by_fingerprint ON timeline (fingerprint);

CREATE TABLE membership (
    timeline integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    year_group smallint NOT NULL,
    establishment text NOT NULL,
    frozen boolean NOT NULL,
    frozen_establishment text,
    live boolean NOT NULL,
    gone text,
    ever_live boolean NOT NULL,
    PRIMARY KEY (timeline, from_on)
);
COMMENT ON COLUMN membership.ever_live IS 'Live in this span or an earlier one.';

CREATE TABLE dimensions (
    timeline integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    district text NOT NULL,
    sex text NOT NULL,
    ethnicity text NOT NULL,
    send text NOT NULL,
    vulnerable text NOT NULL,
    PRIMARY KEY (timeline, from_on)
);

CREATE TABLE outcome (
    timeline integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    outcome text NOT NULL,
    reason integer NOT NULL,
    PRIMARY KEY (timeline, from_on)
);

CREATE TABLE participation (
    timeline integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    participation text NOT NULL,
    activity_code integer,
    confirmed boolean,
    lapses_on date,
    reason integer NOT NULL,
    PRIMARY KEY (timeline, from_on)
);

CREATE TABLE need (
    timeline integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    need_row text NOT NULL,
    reason integer NOT NULL,
    PRIMARY KEY (timeline, from_on)
);

CREATE TABLE turn (
    on_day date NOT NULL,
    timeline integer NOT NULL,
    PRIMARY KEY (on_day, timeline)
);
COMMENT ON TABLE turn IS 'The days on which a timeline that figures are counted from begins, changes or ends.';

CREATE TABLE known (
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    young_person_id text NOT NULL,
    campaign integer NOT NULL,
    membership integer NOT NULL,
    outcome integer NOT NULL,
    participation integer NOT NULL,
    need integer NOT NULL,
    dimensions integer NOT NULL,
    known_from timestamptz NOT NULL,
    caused_by uuid NOT NULL,
    cause text NOT NULL,
    PRIMARY KEY (partition, young_person_id, campaign)
) PARTITION BY LIST (partition);
COMMENT ON TABLE known IS 'What is known of each person and campaign, and since when: the numbers of their timelines.';
COMMENT ON COLUMN known.campaign IS '0 is the monthly cohort; -1 is nobody''s campaign yet, and only dimensions are known.';
COMMENT ON COLUMN known.caused_by IS 'The event that made it known, and its type in cause.';

DO $$
BEGIN
    FOR n IN 0..11 LOOP
        EXECUTE format('CREATE TABLE known_%s PARTITION OF known FOR VALUES IN (%s) WITH (fillfactor = 70)', n, n);
    END LOOP;
END
$$;

CREATE TABLE known_before (
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    young_person_id text NOT NULL,
    campaign integer NOT NULL,
    membership integer NOT NULL,
    outcome integer NOT NULL,
    participation integer NOT NULL,
    need integer NOT NULL,
    dimensions integer NOT NULL,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL,
    caused_by uuid NOT NULL,
    cause text NOT NULL
);
COMMENT ON TABLE known_before IS 'What was known until something else was; only ever added to, in the order of known_to.';
CREATE INDEX known_before_of_person ON known_before (young_person_id);
CREATE INDEX known_before_until ON known_before USING brin (known_to) WITH (pages_per_range = 32);

CREATE VIEW ever_known AS
SELECT partition, young_person_id, campaign, membership, outcome, participation, need, dimensions, known_from,
    'infinity'::timestamptz AS known_to, caused_by, cause FROM known
UNION ALL
SELECT partition, young_person_id, campaign, membership, outcome, participation, need, dimensions, known_from,
    known_to, caused_by, cause FROM known_before;
COMMENT ON VIEW ever_known IS 'What is known from known_from until known_to, of whoever and whenever.';
