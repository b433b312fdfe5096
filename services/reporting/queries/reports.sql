-- name: cells_answer
-- Whether the rolling cells are what was true on a day as known at a moment: nothing is on its way or came later.
SELECT NOT EXISTS (SELECT FROM bus.pending)
    AND NOT EXISTS (SELECT FROM bus.head WHERE last_at > $2)
    AND EXISTS (SELECT FROM day)
    AND NOT EXISTS (SELECT FROM day WHERE today <> $1);

-- name: tally_cells
-- Rolling cells of a campaign's populations by year group and one dimension or none, all partitions added up.
SELECT year_group, value, population, counted, sum(n)::integer AS n
FROM cell WHERE campaign = $1 AND population = ANY ($2) AND dimension = $3
GROUP BY year_group, value, population, counted HAVING sum(n) <> 0
ORDER BY year_group, value, population, counted;

-- name: tally_guarantee
-- Guarantee outcomes on a day as known at a moment, of the frozen and the live: whoever is frozen where the freeze
-- found them, joiners where they are.
WITH held AS (
    SELECT membership, outcome,
        CASE WHEN $4::text[] && ARRAY['district', 'sex', 'ethnicity', 'send', 'vulnerable'] THEN dimensions END AS dimensions,
        count(*) AS people
    FROM ever_known WHERE campaign = $1 AND known_from <= $3 AND known_to > $3 GROUP BY 1, 2, 3
)
SELECT CASE WHEN 'year_group' = ANY ($4) THEN m.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN coalesce(m.frozen_establishment, m.establishment) END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN coalesce(d.district, 'unknown') END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN coalesce(d.sex, 'U') END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN coalesce(d.ethnicity, 'unknown') END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN coalesce(d.send, 'unknown') END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN coalesce(d.vulnerable, 'unknown') END AS vulnerable,
    c.population, o.outcome AS counted, sum(h.people)::bigint AS n
FROM held AS h
JOIN membership AS m ON m.timeline = h.membership AND m.from_on <= $2 AND m.to_on > $2
LEFT JOIN outcome AS o ON o.timeline = h.outcome AND o.from_on <= $2 AND o.to_on > $2
LEFT JOIN dimensions AS d ON d.timeline = h.dimensions AND d.from_on <= $2 AND d.to_on > $2
CROSS JOIN LATERAL (VALUES ('guarantee frozen', m.frozen), ('guarantee live', m.live)) AS c (population, counts)
WHERE c.counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: tally_closing
-- The same for the closing figure: an enrolment that the later day ($5) accepts is an offer made by the earlier.
WITH held AS (
    SELECT membership, outcome,
        CASE WHEN $4::text[] && ARRAY['district', 'sex', 'ethnicity', 'send', 'vulnerable'] THEN dimensions END AS dimensions,
        count(*) AS people
    FROM ever_known WHERE campaign = $1 AND known_from <= $3 AND known_to > $3 GROUP BY 1, 2, 3
), enrolled AS (
    SELECT o.timeline FROM outcome AS o JOIN reason AS r ON r.id = o.reason
    WHERE o.from_on <= $5 AND o.to_on > $5 AND r.row_code = 'SG10'
)
SELECT CASE WHEN 'year_group' = ANY ($4) THEN m.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN coalesce(m.frozen_establishment, m.establishment) END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN coalesce(d.district, 'unknown') END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN coalesce(d.sex, 'U') END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN coalesce(d.ethnicity, 'unknown') END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN coalesce(d.send, 'unknown') END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN coalesce(d.vulnerable, 'unknown') END AS vulnerable,
    c.population, CASE WHEN e.timeline IS NULL THEN o.outcome ELSE 'OFFER_MADE' END AS counted,
    sum(h.people)::bigint AS n
FROM held AS h
JOIN membership AS m ON m.timeline = h.membership AND m.from_on <= $2 AND m.to_on > $2
LEFT JOIN outcome AS o ON o.timeline = h.outcome AND o.from_on <= $2 AND o.to_on > $2
LEFT JOIN enrolled AS e ON e.timeline = h.outcome
LEFT JOIN dimensions AS d ON d.timeline = h.dimensions AND d.from_on <= $2 AND d.to_on > $2
CROSS JOIN LATERAL (VALUES ('guarantee frozen', m.frozen), ('guarantee live', m.live)) AS c (population, counts)
WHERE c.counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: tally_participation
-- Participation groups on a day as known at a moment, of one population, everyone where they are on that day.
WITH held AS (
    SELECT membership, participation,
        CASE WHEN $4::text[] && ARRAY['district', 'sex', 'ethnicity', 'send', 'vulnerable'] THEN dimensions END AS dimensions,
        count(*) AS people
    FROM ever_known WHERE campaign = $1 AND known_from <= $3 AND known_to > $3 GROUP BY 1, 2, 3
)
SELECT CASE WHEN 'year_group' = ANY ($4) THEN m.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN m.establishment END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN coalesce(d.district, 'unknown') END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN coalesce(d.sex, 'U') END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN coalesce(d.ethnicity, 'unknown') END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN coalesce(d.send, 'unknown') END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN coalesce(d.vulnerable, 'unknown') END AS vulnerable,
    $5::text AS population, a.participation AS counted, sum(h.people)::bigint AS n
FROM held AS h
JOIN membership AS m ON m.timeline = h.membership AND m.from_on <= $2 AND m.to_on > $2
LEFT JOIN participation AS a ON a.timeline = h.participation AND a.from_on <= $2 AND a.to_on > $2
LEFT JOIN dimensions AS d ON d.timeline = h.dimensions AND d.from_on <= $2 AND d.to_on > $2
WHERE CASE WHEN $5::text = 'frozen' THEN m.frozen ELSE m.live END
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
