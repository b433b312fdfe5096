-- Who may ask, what was asked once, and who looked at whom.

CREATE TABLE token (
    token_id uuid PRIMARY KEY,
    role text NOT NULL,
    establishments text[] NOT NULL DEFAULT '{}',
    secret_hash bytea NOT NULL UNIQUE,
    issued_by uuid NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz
);
COMMENT ON COLUMN token.secret_hash IS 'SHA-256 of the secret, which is 256 bits of chance and is kept nowhere.';
COMMENT ON COLUMN token.establishments IS 'A provider''s own, as given: LAESTABs, UKPRNs or URNs.';

CREATE TABLE act (
    act_id uuid PRIMARY KEY,
    request_hash text NOT NULL,
    led_to uuid,
    done_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE act IS 'What the web process itself did once: its id is made of the account and the Idempotency-Key.';

CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    account_id uuid NOT NULL,
    role text NOT NULL,
    young_person_id text NOT NULL,
    what text NOT NULL
);
CREATE INDEX access_log_of_person ON access_log (young_person_id, id);
COMMENT ON TABLE access_log IS 'Who opened whose record; only ever added to.';
