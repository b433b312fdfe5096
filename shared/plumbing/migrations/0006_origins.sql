-- When, by the real clock, the act was accepted that in the end led to an event.

ALTER TABLE bus.journal ADD COLUMN accepted_at timestamptz;
ALTER TABLE bus.detail_journal ADD COLUMN accepted_at timestamptz;
COMMENT ON COLUMN bus.journal.accepted_at IS 'Real: when what led to this was committed; null at a source, whose own commit it is.';

CREATE FUNCTION bus.committed_at(writer xid, otherwise timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN current_setting('track_commit_timestamp')::boolean
        THEN coalesce(pg_xact_commit_timestamp(writer), otherwise) ELSE otherwise END
$$;
COMMENT ON FUNCTION bus.committed_at(xid, timestamptz)
IS 'When a row became visible, where the server keeps that (track_commit_timestamp); else a moment before.';

REVOKE EXECUTE ON FUNCTION bus.committed_at(xid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bus.committed_at(xid, timestamptz)
TO :"ingest", :"status", :"outreach", :"reporting", :"relay", :"web";
