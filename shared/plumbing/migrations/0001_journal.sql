-- What was said, in the order in which it was committed: lanes, their heads, the journal, what readers have applied.

CREATE TABLE bus.lane (
    lane text PRIMARY KEY,
    writer text NOT NULL
);
COMMENT ON TABLE bus.lane IS 'One writer''s stream on one topic; the same as LANES in shared/domain/topics.py.';

INSERT INTO bus.lane VALUES
    ('evidence', 'ingest'), ('details', 'ingest'), ('decisions', 'status'), ('contacts', 'outreach');

CREATE TABLE bus.head (
    lane text NOT NULL REFERENCES bus.lane,
    partition smallint NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL DEFAULT '-infinity',
    closed timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (lane, partition)
) WITH (fillfactor = 20);
COMMENT ON COLUMN bus.head.seq IS 'The last one given; the row''s lock makes order of seq the order of commit.';
COMMENT ON COLUMN bus.head.closed IS 'Every later stamp on this head is greater than this.';

CREATE TABLE bus.position (
    reader text NOT NULL,
    lane text NOT NULL REFERENCES bus.lane,
    partition smallint NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (reader, lane, partition)
) WITH (fillfactor = 20);
COMMENT ON TABLE bus.position IS 'What a reader has applied; it moves in the transaction that holds the effects.';

INSERT INTO bus.head (lane, partition)
SELECT lane, partition FROM bus.lane, generate_series(0, 11) AS partition;

INSERT INTO bus.position (reader, lane, partition)
SELECT reader, lane, partition
FROM (VALUES
    ('status', 'evidence'), ('ingest', 'contacts'),
    ('outreach', 'decisions'), ('reporting', 'decisions'),
    ('outreach', 'details'), ('reporting', 'details')) AS hears (reader, lane), generate_series(0, 11) AS partition;

CREATE TABLE bus.journal (
    lane text NOT NULL,
    partition smallint NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    young_person_id text,
    recorded_at timestamptz NOT NULL,
    caused_at timestamptz,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    payload json NOT NULL,
    PRIMARY KEY (lane, partition, seq)
) PARTITION BY LIST (lane);
COMMENT ON COLUMN bus.journal.payload IS 'The event as JSON but for recorded_at, which is put in when it is read.';
COMMENT ON COLUMN bus.journal.caused_at IS 'recorded_at of the first event of the batch that led to this; null at a source.';
COMMENT ON COLUMN bus.journal.written_at IS 'The real clock, which ages and lags use alone.';

CREATE TABLE bus.journal_evidence PARTITION OF bus.journal FOR VALUES IN ('evidence');
CREATE TABLE bus.journal_decisions PARTITION OF bus.journal FOR VALUES IN ('decisions');
CREATE TABLE bus.journal_contacts PARTITION OF bus.journal FOR VALUES IN ('contacts');
CREATE INDEX journal_of_person ON bus.journal (young_person_id, seq) WHERE young_person_id IS NOT NULL;

CREATE TABLE bus.detail_journal (LIKE bus.journal INCLUDING ALL);
ALTER TABLE bus.detail_journal ADD CHECK (lane = 'details');
COMMENT ON TABLE bus.detail_journal IS 'Personal details: of all that was said the only thing that erasure may blank.';

CREATE TABLE bus.parked (
    reader text NOT NULL,
    young_person_id text NOT NULL,
    lane text NOT NULL REFERENCES bus.lane,
    partition smallint NOT NULL,
    from_seq bigint NOT NULL,
    code text NOT NULL,
    because text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (reader, young_person_id, lane)
);
COMMENT ON TABLE bus.parked IS 'Who is not up to date at a reader: nothing of theirs from from_seq on was applied.';

CREATE TABLE bus.dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader text NOT NULL,
    topic text NOT NULL,
    partition smallint NOT NULL,
    code text NOT NULL,
    because text NOT NULL,
    message bytea NOT NULL,
    fingerprint bytea NOT NULL,
    count integer NOT NULL DEFAULT 1,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (reader, topic, partition, fingerprint)
);
COMMENT ON TABLE bus.dead_letter IS 'Messages that no reader could make out, kept as they came, each counted once.';

CREATE TABLE bus.published (
    lane text NOT NULL REFERENCES bus.lane,
    partition smallint NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (lane, partition)
) WITH (fillfactor = 20);
COMMENT ON TABLE bus.published IS 'How far the relay has posted each head.';

INSERT INTO bus.published (lane, partition)
SELECT lane, partition FROM bus.head;
