-- What was sent, as it came, and what became of it.

CREATE TABLE submission (
    submission_id uuid PRIMARY KEY,
    sent_order bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    feed text NOT NULL,
    provider text NOT NULL,
    campaign_given integer,
    is_full boolean NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'checking' CHECK (state IN ('checking', 'accepted', 'held', 'refused', 'withdrawn')),
    number bigint UNIQUE REFERENCES act,
    sender text,
    kind text,
    campaign integer,
    sent_on date,
    recorded_at timestamptz,
    rows integer NOT NULL DEFAULT 0,
    accepted integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    unmatched integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    problems jsonb NOT NULL DEFAULT '[]',
    notes jsonb NOT NULL DEFAULT '[]',
    withdrawn_by bigint REFERENCES act,
    withdrawn_because text
);
COMMENT ON COLUMN submission.sender IS 'Who the provider as given is: a LAESTAB, or council.';
CREATE INDEX submission_checking ON submission (sent_order) WHERE state = 'checking';
CREATE INDEX submission_returned ON submission (sender, feed, campaign) WHERE state = 'accepted';
CREATE INDEX submission_feed ON submission (feed, number);

CREATE TABLE submission_file (
    submission_id uuid PRIMARY KEY REFERENCES submission,
    content bytea NOT NULL
);
COMMENT ON TABLE submission_file IS 'The bytes as they came.';

CREATE TABLE withdrawal_asked (
    act_id uuid PRIMARY KEY,
    request_hash text NOT NULL,
    submission_id uuid NOT NULL REFERENCES submission,
    reason text NOT NULL,
    asked_order bigint GENERATED ALWAYS AS IDENTITY
);
COMMENT ON TABLE withdrawal_asked IS 'What is to be taken back and has not been yet: whoever checks submissions does it.';
