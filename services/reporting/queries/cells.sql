-- name: today
-- The business date of the partition in hand; null before its first day.
SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint;

-- name: move_to_day
-- The partition in hand has come to a business date.
INSERT INTO day (partition, today) VALUES (current_setting('bus.partition')::smallint, $1)
ON CONFLICT (partition) DO UPDATE SET today = excluded.today;

-- name: changing_between
-- Whose spans, in the partition in hand, begin or end after one day and by another.
SELECT young_person_id FROM span
WHERE partition = current_setting('bus.partition')::smallint AND known_to = 'infinity' AND from_on > $1 AND from_on <= $2
UNION
SELECT young_person_id FROM span
WHERE partition = current_setting('bus.partition')::smallint AND known_to = 'infinity' AND to_on > $1 AND to_on <= $2
ORDER BY young_person_id;

-- name: move_cells
-- Takes out of the cells what these people counted as, and puts in what they count as today; those who stay stay.
WITH present AS MATERIALIZED (
    SELECT * FROM counting WHERE young_person_id = ANY ($1)
), past AS MATERIALIZED (
    SELECT * FROM contribution WHERE young_person_id = ANY ($1)
), gone AS (
    DELETE FROM contribution AS c USING (SELECT * FROM past EXCEPT SELECT * FROM present) AS p
    WHERE c.young_person_id = p.young_person_id AND c.campaign = p.campaign AND c.population = p.population
    RETURNING c.*
), come AS (
    INSERT INTO contribution SELECT * FROM present EXCEPT SELECT * FROM past RETURNING *
), moved AS (
    SELECT campaign, population, year_group, establishment, district, sex, ethnicity, send, vulnerable, counted,
        sum(n) AS n
    FROM (SELECT *, -1 AS n FROM gone UNION ALL SELECT *, 1 FROM come) AS both_ways
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(n) <> 0
)
INSERT INTO cell (partition, campaign, population, dimension, year_group, value, counted, n)
SELECT current_setting('bus.partition')::smallint, m.campaign, m.population, d.dimension, m.year_group, d.value,
    m.counted, sum(m.n)
FROM moved AS m
CROSS JOIN LATERAL (VALUES
    ('', ''), ('establishment', m.establishment), ('district', m.district), ('sex', m.sex),
    ('ethnicity', m.ethnicity), ('send', m.send), ('vulnerable', m.vulnerable)) AS d (dimension, value)
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(m.n) <> 0
ORDER BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT (campaign, population, dimension, year_group, value, counted, partition)
DO UPDATE SET n = cell.n + excluded.n;

-- name: cells_that_differ
-- Cells that do not hold what a recount of everyone's spans gives, with both numbers.
WITH recount AS (
    SELECT t.partition, t.campaign, t.population, d.dimension, t.year_group, d.value, t.counted, count(*) AS n
    FROM counting AS t
    CROSS JOIN LATERAL (VALUES
        ('', ''), ('establishment', t.establishment), ('district', t.district), ('sex', t.sex),
        ('ethnicity', t.ethnicity), ('send', t.send), ('vulnerable', t.vulnerable)) AS d (dimension, value)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
)
SELECT partition, campaign, population, dimension, year_group, value, counted,
    coalesce(c.n, 0) AS stored, coalesce(r.n, 0) AS recount
FROM cell AS c
FULL JOIN recount AS r USING (partition, campaign, population, dimension, year_group, value, counted)
WHERE coalesce(c.n, 0) <> coalesce(r.n, 0)
ORDER BY partition, campaign, population, dimension, year_group, value, counted;
