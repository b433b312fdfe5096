-- name: hold_partitions
-- Tells every other process of this reader, for as long as this session lives, that it has these partitions.
SELECT pg_advisory_lock_shared(hashtext('bus.partition ' || $1::text), partition)
FROM unnest($2::int[]) AS partition ORDER BY partition;

-- name: let_partitions_go
-- They are another's from now on.
SELECT pg_advisory_unlock_shared(hashtext('bus.partition ' || $1::text), partition)
FROM unnest($2::int[]) AS partition ORDER BY partition;

-- name: holders
-- Every process that has partitions of this reader, which they are, and a number that grows whenever it applies any.
SELECT held.pid, array_agg(DISTINCT p.partition::int) AS partitions, sum(p.seq)::bigint AS moved
FROM pg_locks AS held
JOIN bus.position AS p ON p.partition = held.objid::bigint
WHERE p.reader = $1 AND held.locktype = 'advisory' AND held.objsubid = 2
    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND held.classid = (hashtext('bus.partition ' || p.reader)::bigint & 4294967295)::oid
GROUP BY held.pid ORDER BY held.pid;
