-- What the council has told of establishments, postcodes and what is expected of whom.

CREATE TABLE directory_row (
    number bigint NOT NULL,
    row integer NOT NULL,
    feed text NOT NULL,
    about text NOT NULL,
    key text NOT NULL,
    content json NOT NULL,
    PRIMARY KEY (number, row)
);
COMMENT ON COLUMN directory_row.about IS 'URN, postcode, or provider, feed and campaign.';
COMMENT ON COLUMN directory_row.key IS 'What a later row of the same key replaces: of a postcode its first day too.';
CREATE INDEX directory_row_about ON directory_row (feed, about);
