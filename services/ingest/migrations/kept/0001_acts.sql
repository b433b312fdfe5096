-- What was done, in the order in which it was done, and what was asked for under which key.

CREATE SEQUENCE act_number;
COMMENT ON SEQUENCE act_number IS 'The one order of all that is accepted: the number of what was said.';

CREATE TABLE act (
    number bigint PRIMARY KEY DEFAULT nextval('act_number'),
    kind text NOT NULL CHECK (kind IN ('submission', 'withdrawal', 'freeze', 'exception')),
    recorded_at timestamptz
);
COMMENT ON TABLE act IS 'Acts follow one another under one lock, so what was known at a moment is what a number had reached.';
CREATE INDEX act_recorded ON act (recorded_at);

CREATE TABLE asked (
    act_id uuid PRIMARY KEY,
    request_hash text NOT NULL,
    result jsonb NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE asked IS 'What led to what: the same key with the same request has the same result.';

CREATE TABLE day_said (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    day date NOT NULL
);
COMMENT ON TABLE day_said IS 'The last business date that everyone was told of.';
