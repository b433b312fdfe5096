-- What rows said of whom, whom they were matched to, and by what each young person is known.

CREATE SEQUENCE young_person_number MAXVALUE 9999999999;

CREATE TABLE young_person (
    young_person_id text PRIMARY KEY,
    made_by bigint NOT NULL REFERENCES act
);

CREATE TABLE upn_ever (
    upn text NOT NULL,
    young_person_id text NOT NULL,
    PRIMARY KEY (upn, young_person_id)
);
COMMENT ON TABLE upn_ever IS 'Every sound UPN of everyone, so that whoever comes again is the same young person.';
CREATE INDEX upn_ever_of ON upn_ever (young_person_id);

CREATE TABLE known_person (
    young_person_id text PRIMARY KEY,
    upn text, upn_number bigint, upn_row integer,
    uln text, uln_number bigint, uln_row integer,
    name_key text, postcode text, cohort_number bigint, cohort_row integer
) WITH (fillfactor = 50);
COMMENT ON TABLE known_person IS 'Everyone of whom a row stands: the latest of each identifier and of the cohort rows.';
CREATE INDEX known_person_upn ON known_person (upn);
CREATE INDEX known_person_uln ON known_person (uln);
CREATE INDEX known_person_name ON known_person (name_key);

CREATE TABLE sent_row (
    number bigint NOT NULL,
    row integer NOT NULL,
    stands boolean NOT NULL DEFAULT true,
    cohort boolean NOT NULL,
    upn text, upn_sound boolean NOT NULL,
    uln text, uln_sound boolean NOT NULL,
    name_key text,
    postcode text,
    named text,
    provider text,
    columns_hash bigint NOT NULL,
    content json NOT NULL,
    young_person_id text,
    gives_uln boolean,
    made boolean,
    since bigint,
    pieces text[],
    digest bytea,
    PRIMARY KEY (number, row)
);
COMMENT ON COLUMN sent_row.named IS 'The young person''s own id, where the row gives that.';
COMMENT ON COLUMN sent_row.provider IS 'The provider or employer in the row, as it is resolved.';
COMMENT ON COLUMN sent_row.columns_hash IS 'Of what the row says, whoever sends it when.';
COMMENT ON COLUMN sent_row.young_person_id IS 'Whom it is of; null while it waits.';
COMMENT ON COLUMN sent_row.since IS 'The number of the act from which on this match is known.';
COMMENT ON COLUMN sent_row.digest IS 'Of the evidence as it was last said.';
CREATE INDEX sent_row_upn ON sent_row (upn) WHERE upn IS NOT NULL;
CREATE INDEX sent_row_uln ON sent_row (uln) WHERE uln IS NOT NULL;
CREATE INDEX sent_row_name ON sent_row (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX sent_row_person ON sent_row (young_person_id) WHERE young_person_id IS NOT NULL;
CREATE INDEX sent_row_named ON sent_row (named) WHERE named IS NOT NULL;
CREATE INDEX sent_row_waiting ON sent_row (number, row) WHERE stands AND young_person_id IS NULL;
CREATE INDEX sent_row_unresolved ON sent_row (number, row) WHERE starts_with(provider, '~');
CREATE INDEX sent_row_provider ON sent_row (provider) WHERE provider IS NOT NULL AND NOT starts_with(provider, '~');
CREATE INDEX sent_row_postcode ON sent_row (postcode) WHERE cohort AND postcode IS NOT NULL;

CREATE TABLE past_match (
    number bigint NOT NULL,
    row integer NOT NULL,
    young_person_id text NOT NULL,
    gives_uln boolean NOT NULL,
    made boolean NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (number, row, since)
);
COMMENT ON TABLE past_match IS 'Whom a row was of before, from one act to the next.';
CREATE INDEX past_match_person ON past_match (young_person_id);
