-- name: first_left
-- Of each service that has something to do, and of the post, the moment of the first of it or of what caused it.
SELECT reader AS who, min(least(caused_at, recorded_at)) AS moment FROM bus.pending GROUP BY reader
UNION ALL
SELECT 'relay', min(j.recorded_at)
FROM bus.published AS p JOIN bus.head AS h USING (lane, partition)
JOIN bus.journal AS j ON (j.lane, j.partition, j.seq) = (p.lane, p.partition, p.seq + 1)
WHERE p.lane = 'evidence' AND p.seq < h.seq HAVING count(*) > 0
ORDER BY who;

-- name: acts_since
-- The submissions that were accepted or withdrawn at a moment or later, with the number and moment of that.
SELECT s.submission_id, a.number, a.recorded_at
FROM act AS a JOIN submission AS s ON s.number = a.number OR s.withdrawn_by = a.number
WHERE a.recorded_at >= $1 ORDER BY a.number;
