-- Who needs to be contacted on which day, the queue of today, and how to reach people.

CREATE TABLE facet (
    young_person_id text PRIMARY KEY,
    said json NOT NULL
);
COMMENT ON TABLE facet IS 'What bears on contact of each person, as last said: what the next decision changes.';

CREATE TABLE need (
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    young_person_id text NOT NULL,
    campaign integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    row_code text NOT NULL,
    because text NOT NULL,
    waiting_since date NOT NULL,
    year_group smallint,
    establishment text,
    characteristics text[] NOT NULL,
    provision text NOT NULL,
    roni_band text,
    PRIMARY KEY (young_person_id, campaign, from_on)
);
COMMENT ON TABLE need IS 'From from_on to the day before to_on they are to be contacted, future days included.';
CREATE INDEX need_begins ON need (partition, from_on);
CREATE INDEX need_ends ON need (partition, to_on);

CREATE TABLE entry (
    young_person_id text PRIMARY KEY,
    partition smallint NOT NULL,
    campaign integer NOT NULL,
    other_campaigns integer[] NOT NULL,
    row_code text NOT NULL,
    because text NOT NULL,
    waiting_since date NOT NULL,
    year_group smallint,
    establishment text,
    characteristics text[] NOT NULL,
    provision text NOT NULL,
    roni_band text
);
COMMENT ON TABLE entry IS 'The queue of today: one a person, of the oldest open campaign in which they have a need.';

CREATE TABLE day (
    partition smallint PRIMARY KEY,
    today date NOT NULL
);
COMMENT ON TABLE day IS 'The business date that each partition has come to.';

CREATE TABLE person_detail (
    young_person_id text NOT NULL,
    number bigint NOT NULL,
    row integer NOT NULL,
    reachable boolean NOT NULL,
    details json NOT NULL,
    PRIMARY KEY (young_person_id, number, row)
);
COMMENT ON TABLE person_detail IS 'Who somebody is and how to reach them, row by row as it stands; the last said speaks.';
