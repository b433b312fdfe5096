-- name: first_left
-- Of each service that has something to do, and of the post, the moment of the first of it or of what caused it.
SELECT reader AS who, min(least(caused_at, recorded_at)) AS moment FROM bus.pending GROUP BY reader
UNION ALL
SELECT 'relay', min(j.recorded_at)
FROM bus.published AS p JOIN bus.head AS h USING (lane, partition)
JOIN bus.journal AS j ON (j.lane, j.partition, j.seq) = (p.lane, p.partition, p.seq + 1)
WHERE p.lane = 'evidence' AND p.seq < h.seq HAVING count(*) > 0
ORDER BY who;
