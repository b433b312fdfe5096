-- name: posted
-- How far each head was posted, and where the broker put the last of it.
SELECT lane, partition, seq, at_offset FROM bus.published ORDER BY lane, partition;

-- name: begin_post_again
-- The broker holds nothing: each head is posted again from the first number that some reader has yet to apply.
UPDATE bus.published AS p SET seq = least(p.seq, r.seq), at_offset = -1
FROM (SELECT lane, partition, min(seq) AS seq FROM bus.position GROUP BY lane, partition) AS r
WHERE p.lane = r.lane AND p.partition = r.partition;

-- name: all_heads
-- Where each head stands.
SELECT lane, partition, seq FROM bus.head ORDER BY lane, partition;

-- name: mark_posted
-- How far these heads were posted, and where the broker put it.
UPDATE bus.published AS p SET seq = done.seq, at_offset = done.at_offset
FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) AS done (lane, partition, seq, at_offset)
WHERE p.lane = done.lane AND p.partition = done.partition;

-- name: lineage
-- Whose journal this is.
SELECT bus.lineage_text();

-- name: close
-- Raises what is closed on every head that nobody holds.
SELECT bus.close();

-- name: broker
-- Which broker the parcels lie on, as the relay last found it.
SELECT incarnation, cluster FROM bus.broker;

-- name: renew_broker
-- The broker or one of its topics is new: readers begin with it anew.
UPDATE bus.broker SET incarnation = incarnation + 1, cluster = $1 RETURNING incarnation;

-- name: next_of_journal
-- What comes next on these heads after these numbers, for the post.
SELECT w.lane, w.partition, n.seq, n.recorded_at, n.accepted_at, n.payload
FROM unnest($1::text[], $2::int[], $3::bigint[]) AS w (lane, partition, seq)
CROSS JOIN LATERAL (
    SELECT j.seq, j.recorded_at, coalesce(j.accepted_at, bus.committed_at(j.xmin, j.written_at)) AS accepted_at, j.payload
    FROM bus.journal AS j
    WHERE j.lane = w.lane AND j.partition = w.partition AND j.seq > w.seq
    ORDER BY j.seq LIMIT $4) AS n
ORDER BY w.lane, w.partition, n.seq;

-- name: next_of_detail_journal
-- The same of personal details.
SELECT w.lane, w.partition, n.seq, n.recorded_at, n.accepted_at, n.payload
FROM unnest($1::text[], $2::int[], $3::bigint[]) AS w (lane, partition, seq)
CROSS JOIN LATERAL (
    SELECT d.seq, d.recorded_at, coalesce(d.accepted_at, bus.committed_at(d.xmin, d.written_at)) AS accepted_at, d.payload
    FROM bus.detail_journal AS d
    WHERE d.lane = w.lane AND d.partition = w.partition AND d.seq > w.seq
    ORDER BY d.seq LIMIT $4) AS n
ORDER BY w.lane, w.partition, n.seq;
