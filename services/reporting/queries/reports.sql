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
SELECT CASE WHEN 'year_group' = ANY ($4) THEN s.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN c.establishment END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN s.district END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN s.sex END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN s.ethnicity END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN s.send END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN s.vulnerable END AS vulnerable,
    c.population, s.outcome AS counted, count(*) AS n
FROM span AS s
CROSS JOIN LATERAL (VALUES
    ('guarantee frozen', s.frozen, s.frozen_establishment),
    ('guarantee live', s.live, coalesce(s.frozen_establishment, s.establishment))) AS c (population, counts, establishment)
WHERE s.campaign = $1 AND s.from_on <= $2 AND s.to_on > $2 AND s.known_from <= $3 AND s.known_to > $3 AND c.counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: tally_closing
-- The same for the closing figure: an enrolment that the later day ($5) accepts is an offer made by the earlier.
WITH told AS (
    SELECT s.*, bool_or(s.from_on <= $5 AND s.to_on > $5 AND r.row_code = 'SG10') OVER (
        PARTITION BY s.young_person_id) AS enrolled
    FROM span AS s
    LEFT JOIN reason AS r ON r.id = s.outcome_reason
    WHERE s.campaign = $1 AND s.from_on <= $5 AND s.to_on > $2 AND s.known_from <= $3 AND s.known_to > $3
)
SELECT CASE WHEN 'year_group' = ANY ($4) THEN s.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN c.establishment END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN s.district END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN s.sex END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN s.ethnicity END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN s.send END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN s.vulnerable END AS vulnerable,
    c.population, CASE WHEN s.enrolled THEN 'OFFER_MADE' ELSE s.outcome END AS counted, count(*) AS n
FROM told AS s
CROSS JOIN LATERAL (VALUES
    ('guarantee frozen', s.frozen, s.frozen_establishment),
    ('guarantee live', s.live, coalesce(s.frozen_establishment, s.establishment))) AS c (population, counts, establishment)
WHERE s.from_on <= $2 AND s.to_on > $2 AND c.counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: tally_participation
-- Participation groups on a day as known at a moment, of one population, everyone where they are on that day.
SELECT CASE WHEN 'year_group' = ANY ($4) THEN s.year_group END AS year_group,
    CASE WHEN 'establishment' = ANY ($4) THEN s.establishment END AS establishment,
    CASE WHEN 'district' = ANY ($4) THEN s.district END AS district,
    CASE WHEN 'sex' = ANY ($4) THEN s.sex END AS sex,
    CASE WHEN 'ethnicity' = ANY ($4) THEN s.ethnicity END AS ethnicity,
    CASE WHEN 'send' = ANY ($4) THEN s.send END AS send,
    CASE WHEN 'vulnerable' = ANY ($4) THEN s.vulnerable END AS vulnerable,
    $5::text AS population, s.participation AS counted, count(*) AS n
FROM span AS s
WHERE s.campaign = $1 AND s.from_on <= $2 AND s.to_on > $2 AND s.known_from <= $3 AND s.known_to > $3
    AND CASE WHEN $5::text = 'frozen' THEN s.frozen ELSE s.live END
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
