-- What was decided of each person: why, the facets as last said, and the spans of days as known at every moment.

CREATE TABLE reason (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    decision_table text NOT NULL,
    version text NOT NULL,
    row_code text NOT NULL,
    facts text NOT NULL,
    because text NOT NULL,
    UNIQUE (decision_table, version, row_code, facts, because)
);
COMMENT ON TABLE reason IS 'Each row of a decision table that ever fitted, with the facts that it saw; spans name it by id.';

CREATE TABLE facet (
    young_person_id text PRIMARY KEY,
    said json NOT NULL
);
COMMENT ON TABLE facet IS 'The facets of each person as last said: what the next decision changes.';

CREATE TABLE span (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    young_person_id text NOT NULL,
    campaign integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    year_group smallint NOT NULL,
    establishment text NOT NULL,
    frozen boolean NOT NULL,
    frozen_establishment text,
    live boolean NOT NULL,
    ever_live boolean NOT NULL,
    district text NOT NULL,
    sex text NOT NULL,
    ethnicity text NOT NULL,
    send text NOT NULL,
    vulnerable text NOT NULL,
    outcome text,
    outcome_reason integer,
    participation text,
    activity_code integer,
    confirmed boolean,
    lapses_on date,
    participation_reason integer,
    need_row text,
    need_reason integer,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    caused_by uuid NOT NULL,
    cause text NOT NULL
);
COMMENT ON TABLE span IS 'From from_on to the day before to_on, as known from known_from until known_to, all of this held.';
COMMENT ON COLUMN span.campaign IS '0 is the monthly participation cohort.';
COMMENT ON COLUMN span.ever_live IS 'Live in this span or an earlier one.';
COMMENT ON COLUMN span.caused_by IS 'The event that opened the span, and its type in cause.';

CREATE INDEX span_of_person ON span (young_person_id);
CREATE INDEX span_of_campaign ON span (campaign);
CREATE INDEX span_of_person_now ON span (young_person_id, campaign) WHERE known_to = 'infinity';
CREATE INDEX span_begins ON span (partition, from_on) WHERE known_to = 'infinity';
CREATE INDEX span_ends ON span (partition, to_on) WHERE known_to = 'infinity';

CREATE TABLE standing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    young_person_id text NOT NULL,
    campaign integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    frozen boolean NOT NULL,
    live boolean NOT NULL,
    gone text,
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    caused_by uuid NOT NULL,
    cause text NOT NULL
);
COMMENT ON TABLE standing IS 'In which cohorts of a campaign each person is, by day and by when it was known: the ledger.';
CREATE INDEX standing_of_person ON standing (young_person_id);
CREATE INDEX standing_of_campaign ON standing (campaign);
