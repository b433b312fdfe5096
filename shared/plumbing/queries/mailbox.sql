-- name: hold_position
-- The reader's position, its row locked to the end of the transaction: whoever holds it owns the partition, and
-- a handler's own statements may ask which one it is by `current_setting('bus.partition')::smallint`.
SELECT seq, set_config('bus.partition', partition::text, true) FROM bus.position WHERE reader = $1 AND lane = $2 AND partition = $3 FOR UPDATE;

-- name: move_position
-- The reader has applied everything up to this number.
UPDATE bus.position SET seq = $4 WHERE reader = $1 AND lane = $2 AND partition = $3;

-- name: parked_among
-- Which of these people are parked at this reader on this lane.
SELECT young_person_id FROM bus.parked
WHERE reader = $1 AND lane = $2 AND young_person_id = ANY ($3) ORDER BY young_person_id;

-- name: behind_heads
-- Partitions of which this reader has something yet to apply and how long the first of it has waited.
SELECT lane, partition, position, waiting, extract(epoch FROM clock_timestamp() - written_at)::float8 AS seconds
FROM bus.pending WHERE reader = $1 ORDER BY lane, partition;

-- name: free_position
-- Whether nobody holds the reader's position of this head, nor is on the way through one of its events in chunks.
SELECT true FROM bus.position
WHERE reader = $1 AND lane = $2 AND partition = $3
    AND pg_try_advisory_xact_lock_shared(hashtext('bus.passage ' || reader || ' ' || lane), partition)
FOR UPDATE SKIP LOCKED;

-- name: position
-- How far the reader has applied this head, whoever holds it.
SELECT seq FROM bus.position WHERE reader = $1 AND lane = $2 AND partition = $3;

-- name: begin_passage
-- Whether this session is now the one that takes an event of this head through in chunks; ends with the session.
SELECT pg_try_advisory_lock(hashtext('bus.passage ' || $1::text || ' ' || $2::text), $3::int);
