-- How seq and recorded_at are given, and how a head is closed below a moment.

CREATE FUNCTION bus.stamp(lanes text[], partitions integer[], counts integer[])
RETURNS TABLE (lane text, partition integer, first_seq bigint, recorded_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bus, pg_temp AS $$
#variable_conflict use_column
DECLARE
    stamped timestamptz;
    stranger text;
BEGIN
    SELECT min(l.lane) INTO stranger FROM lane AS l
    WHERE l.lane = ANY (lanes)
        AND NOT pg_has_role(session_user, current_database() || '_' || l.writer, 'MEMBER');
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'Only its writer may say anything on the lane %.', stranger
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM head AS h JOIN unnest(lanes, partitions) AS w (lane, partition) USING (lane, partition)
    ORDER BY h.lane, h.partition FOR UPDATE OF h;
    SELECT greatest(bus.now(), max(h.closed) + interval '1 microsecond',
        (SELECT max(every.last_at) FROM head AS every) + interval '1 microsecond') -- a simulated day stands still
    INTO stamped
    FROM head AS h JOIN unnest(lanes, partitions) AS w (lane, partition) USING (lane, partition);
    PERFORM pg_notify('bus', '');
    RETURN QUERY
    UPDATE head AS h SET seq = h.seq + w.count, last_at = stamped
    FROM unnest(lanes, partitions, counts) AS w (lane, partition, count)
    WHERE h.lane = w.lane AND h.partition = w.partition
    RETURNING h.lane, h.partition::integer, h.seq - w.count + 1, stamped;
END
$$;
COMMENT ON FUNCTION bus.stamp(text[], integer[], integer[])
IS 'Locks heads in order, gives each its next numbers and all one moment; last before commit, once a transaction.';

CREATE FUNCTION bus.close() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = bus, pg_temp AS $$
DECLARE
    target timestamptz;
BEGIN
    SELECT CASE WHEN simulated THEN greatest(bus.now() - interval '1 microsecond', (SELECT max(last_at) FROM head))
        ELSE clock_timestamp() END
    INTO target FROM clock;
    WITH free AS (
        SELECT lane, partition FROM head WHERE closed < target
        ORDER BY lane, partition FOR UPDATE SKIP LOCKED)
    UPDATE head AS h SET closed = target FROM free
    WHERE h.lane = free.lane AND h.partition = free.partition AND h.closed < target;
    RETURN target;
END
$$;
COMMENT ON FUNCTION bus.close() IS 'Raises what is closed on every head that nobody holds; who holds one stamps above it.';

CREATE VIEW bus.pending AS
SELECT p.reader, p.lane, p.partition, p.seq AS position, h.seq - p.seq AS waiting,
    first.recorded_at, first.caused_at, first.written_at
FROM bus.position AS p
JOIN bus.head AS h USING (lane, partition)
CROSS JOIN LATERAL (
    SELECT j.recorded_at, j.caused_at, j.written_at FROM bus.journal AS j
    WHERE j.lane = p.lane AND j.partition = p.partition AND j.seq = p.seq + 1
    UNION ALL
    SELECT d.recorded_at, d.caused_at, d.written_at FROM bus.detail_journal AS d
    WHERE d.lane = p.lane AND d.partition = p.partition AND d.seq = p.seq + 1) AS first
WHERE p.seq < h.seq;
COMMENT ON VIEW bus.pending IS 'What each reader has yet to apply of each head, with the times of the first of it.';
