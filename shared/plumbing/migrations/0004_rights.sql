-- Who may do what on the bus: everyone reads all but personal details and writes only as themselves.

GRANT SELECT ON bus.lane, bus.head, bus.position, bus.journal, bus.parked, bus.dead_letter, bus.published, bus.clock,
    bus.lineage, bus.generation, bus.pending
TO :"ingest", :"status", :"outreach", :"reporting", :"relay", :"web";
GRANT SELECT ON bus.detail_journal TO :"ingest", :"outreach", :"reporting", :"relay";

GRANT SELECT, INSERT ON bus.journal_evidence, bus.detail_journal TO :"ingest";
GRANT SELECT, INSERT ON bus.journal_decisions TO :"status";
GRANT SELECT, INSERT ON bus.journal_contacts TO :"outreach";

GRANT UPDATE (seq) ON bus.position TO :"ingest", :"status", :"outreach", :"reporting";
GRANT INSERT, UPDATE, DELETE ON bus.parked, bus.dead_letter TO :"ingest", :"status", :"outreach", :"reporting";
GRANT UPDATE (seq) ON bus.published TO :"relay";

ALTER TABLE bus.position ENABLE ROW LEVEL SECURITY;
ALTER TABLE bus.parked ENABLE ROW LEVEL SECURITY;
ALTER TABLE bus.dead_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_look ON bus.position FOR SELECT USING (true);
CREATE POLICY all_look ON bus.parked FOR SELECT USING (true);
CREATE POLICY own_rows ON bus.position FOR UPDATE USING (current_user = current_database() || '_' || reader);
CREATE POLICY own_rows ON bus.parked FOR ALL USING (current_user = current_database() || '_' || reader);
CREATE POLICY own_rows ON bus.dead_letter FOR ALL USING (current_user = current_database() || '_' || reader);

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA bus FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bus.today(), bus.now(), bus.lineage_text(), bus.look_as(text), bus.work_as(text), bus.close()
TO :"ingest", :"status", :"outreach", :"reporting", :"relay", :"web";
GRANT EXECUTE ON FUNCTION bus.stamp(text[], integer[], integer[]) TO :"ingest", :"status", :"outreach";
GRANT EXECUTE ON FUNCTION bus.advance(date) TO :"ingest";
