-- name: watermark
-- Just before the first thing that a reader has yet to apply; where there is none, what its head is closed below.
SELECT nullif(min(coalesce(least(w.caused_at, w.recorded_at) - interval '1 microsecond', h.closed)), '-infinity')
FROM bus.position AS p
JOIN bus.head AS h USING (lane, partition)
LEFT JOIN bus.pending AS w USING (reader, lane, partition);

-- name: lag
-- Each reader that is behind and how long the oldest that it has yet to apply has waited.
SELECT reader, extract(epoch FROM clock_timestamp() - min(written_at))::float8 AS seconds
FROM bus.pending GROUP BY reader ORDER BY reader;

-- name: parked_people
-- Everyone parked at any reader.
SELECT DISTINCT young_person_id FROM bus.parked ORDER BY young_person_id;

-- name: heads
-- The last number given on each head of these lanes.
SELECT lane, partition, seq FROM bus.head WHERE lane = ANY ($1) ORDER BY lane, partition;

-- name: past
-- Whether every reader of these heads has applied them up to these numbers.
SELECT NOT EXISTS (
    SELECT FROM bus.position AS p JOIN unnest($1::text[], $2::int[], $3::bigint[]) AS goal (lane, partition, seq)
        USING (lane, partition)
    WHERE p.seq < goal.seq);

-- name: watermark_age
-- Real seconds since the moment up to which everything has passed; a simulated clock tells of what waits alone.
SELECT coalesce(greatest(
    (SELECT extract(epoch FROM clock_timestamp() - min(written_at)) FROM bus.pending),
    (SELECT extract(epoch FROM clock_timestamp() - nullif(min(h.closed), '-infinity'))
        FROM bus.head AS h JOIN bus.clock AS c ON NOT c.simulated)), 0)::float8;
