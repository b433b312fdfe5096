-- By what a row is found, so that it costs the same however many rows there are.

CREATE INDEX sent_row_person_number ON sent_row (young_person_id, number) WHERE young_person_id IS NOT NULL;
DROP INDEX sent_row_person;

ALTER TABLE sent_row ADD COLUMN near boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN sent_row.near IS 'Somebody is known by one of its keys, or may be: while it waits it is tried again.';
CREATE INDEX sent_row_near ON sent_row (number, row) WHERE stands AND young_person_id IS NULL AND near;
CREATE INDEX sent_row_waiting_upn ON sent_row (upn) WHERE stands AND young_person_id IS NULL AND upn_sound;
CREATE INDEX sent_row_waiting_uln ON sent_row (uln) WHERE stands AND young_person_id IS NULL AND uln_sound;
CREATE INDEX sent_row_waiting_name ON sent_row (name_key) WHERE stands AND young_person_id IS NULL;
CREATE INDEX sent_row_waiting_named ON sent_row (named) WHERE stands AND young_person_id IS NULL AND named IS NOT NULL;
