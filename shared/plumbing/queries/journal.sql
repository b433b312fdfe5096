-- name: stamp
-- Locks the heads, gives each its next numbers and all of them one moment.
SELECT lane, partition, first_seq, recorded_at FROM bus.stamp($1, $2, $3);

-- name: read_journal
-- What was said on one head after a number, in order.
SELECT seq, type, young_person_id, recorded_at, coalesce(accepted_at, bus.committed_at(xmin, written_at)), payload
FROM bus.journal
WHERE lane = $1 AND partition = $2 AND seq > $3
ORDER BY seq LIMIT $4;

-- name: read_detail_journal
-- The same of personal details, for those who may.
SELECT seq, type, young_person_id, recorded_at, coalesce(accepted_at, bus.committed_at(xmin, written_at)), payload
FROM bus.detail_journal
WHERE lane = $1 AND partition = $2 AND seq > $3
ORDER BY seq LIMIT $4;
