-- Which broker the parcels lie on: a broker that lost them is another one, and readers begin with it anew.

CREATE TABLE bus.broker (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    incarnation integer NOT NULL DEFAULT 0,
    cluster text NOT NULL DEFAULT ''
);
COMMENT ON COLUMN bus.broker.incarnation IS 'Grows whenever the relay finds the broker or a topic new; names the readers'' groups.';
INSERT INTO bus.broker DEFAULT VALUES;

GRANT SELECT ON bus.broker TO :"ingest", :"status", :"outreach", :"reporting", :"relay", :"web";
GRANT UPDATE ON bus.broker TO :"relay";

ALTER TABLE bus.published ADD COLUMN at_offset bigint NOT NULL DEFAULT -1;
COMMENT ON COLUMN bus.published.at_offset IS 'Where the broker put the last of it: a lower one later tells of a topic made anew.';
GRANT UPDATE (at_offset) ON bus.published TO :"relay";
