-- What advisers did: their attempts to reach people, and who has whom in hand.

CREATE TABLE attempt (
    act_id uuid PRIMARY KEY,
    request_hash text NOT NULL,
    young_person_id text NOT NULL,
    made_by uuid NOT NULL,
    made_on date NOT NULL,
    outcome text NOT NULL,
    bars boolean NOT NULL,
    rests_until date,
    next_contact_on date,
    after_claim_ended boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE attempt IS 'Each time that somebody tried to reach a young person, and what came of it.';
COMMENT ON COLUMN attempt.rests_until IS 'The first day on which contact may be made again; null where it may not.';
CREATE INDEX attempt_of ON attempt (young_person_id, made_on);

CREATE TABLE lease (
    lease_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    young_person_id text NOT NULL,
    account_id uuid NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz NOT NULL,
    ended_at timestamptz,
    ended_because text
);
COMMENT ON TABLE lease IS 'Who has whom in hand, on the real clock; the sentence is shown to whoever loses it.';
CREATE UNIQUE INDEX lease_of_person ON lease (young_person_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX lease_of_account ON lease (account_id) WHERE ended_at IS NULL;
