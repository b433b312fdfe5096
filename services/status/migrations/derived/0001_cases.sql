-- What is held of each person, what was last said of them, on whose return they hang, and the facts that all share.

CREATE TABLE person_case (
    young_person_id text PRIMARY KEY,
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    campaigns integer[] NOT NULL,
    evidence json NOT NULL,
    facets json NOT NULL
);
COMMENT ON COLUMN person_case.evidence IS 'Every version of every piece of evidence: the case, which is the truth of the rest.';
COMMENT ON COLUMN person_case.facets IS 'The facets as last said: what the next decision is compared with.';
CREATE INDEX person_case_of_campaign ON person_case USING gin (campaigns);

CREATE TABLE asks (
    young_person_id text NOT NULL,
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    campaign integer NOT NULL,
    feed text NOT NULL,
    provider text NOT NULL,
    from_on date,
    to_on date
);
COMMENT ON TABLE asks IS 'The days on which a person''s need hangs on what a provider has returned.';
CREATE INDEX asks_of_person ON asks (young_person_id);
CREATE INDEX asks_provider ON asks (partition, provider, feed, campaign);

CREATE TABLE expected (
    provider text NOT NULL,
    feed text NOT NULL,
    campaign integer NOT NULL,
    known_from timestamptz NOT NULL,
    due_on date,
    PRIMARY KEY (provider, feed, campaign, known_from)
);

CREATE TABLE returned (
    provider text NOT NULL,
    feed text NOT NULL,
    campaign integer NOT NULL,
    known_from timestamptz NOT NULL,
    returned_on date,
    PRIMARY KEY (provider, feed, campaign, known_from)
);

CREATE TABLE frozen_cohort (
    campaign integer PRIMARY KEY,
    number bigint NOT NULL,
    known_from timestamptz NOT NULL
);
COMMENT ON TABLE frozen_cohort IS 'Control facts are only ever added: each of the twelve handlers adds the same row.';
