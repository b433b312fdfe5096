-- name: places
-- Where every head and every reader stands, in one snapshot.
SELECT clock_timestamp() AS at, '' AS reader, lane, partition, seq FROM bus.head
UNION ALL
SELECT clock_timestamp(), reader, lane, partition, seq FROM bus.position
ORDER BY reader, lane, partition;

-- name: decided_since
-- The decisions that evidence of one kind led to, beyond these numbers: the last of each young person.
SELECT j.young_person_id, j.partition, max(j.seq) AS seq
FROM unnest($1::int[], $2::bigint[]) AS before (partition, seq)
JOIN bus.journal AS j ON j.lane = 'decisions' AND j.partition = before.partition AND j.seq > before.seq
WHERE j.type = 'PersonDecided' AND j.payload ->> 'cause' = $3
GROUP BY j.young_person_id, j.partition
ORDER BY j.partition, seq;
