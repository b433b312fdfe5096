-- Which cohorts are frozen, and who was added to them or taken out by name.

CREATE TABLE frozen_cohort (
    campaign integer PRIMARY KEY,
    number bigint NOT NULL REFERENCES act
);

CREATE TABLE exception (
    number bigint PRIMARY KEY REFERENCES act,
    event_id uuid NOT NULL UNIQUE,
    campaign integer NOT NULL,
    young_person_id text NOT NULL REFERENCES young_person,
    op text NOT NULL CHECK (op IN ('add', 'remove')),
    reason text NOT NULL
);
CREATE INDEX exception_of ON exception (campaign, young_person_id, number);
