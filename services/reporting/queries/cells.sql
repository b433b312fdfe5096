-- name: move_to_day
-- The partition in hand has come to a business date.
INSERT INTO day (partition, today) VALUES (current_setting('bus.partition')::smallint, $1)
ON CONFLICT (partition) DO UPDATE SET today = excluded.today;

-- name: turning
-- How many, in the partition in hand, have the same timelines, of which one turns after one day and by another.
WITH turning AS MATERIALIZED (SELECT timeline FROM turn WHERE on_day > $1 AND on_day <= $2)
SELECT campaign, membership, outcome, participation, dimensions, count(*)::integer AS people
FROM known
WHERE partition = current_setting('bus.partition')::smallint AND campaign >= 0
    AND (membership IN (SELECT timeline FROM turning) OR outcome IN (SELECT timeline FROM turning)
        OR participation IN (SELECT timeline FROM turning) OR dimensions IN (SELECT timeline FROM turning))
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;

-- name: move_cells
-- Adds these differences to the cells of the partition in hand.
INSERT INTO cell (partition, campaign, population, dimension, year_group, value, counted, n)
SELECT current_setting('bus.partition')::smallint, given.*
FROM unnest($1::integer[], $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::integer[]) AS given
ON CONFLICT (campaign, population, dimension, year_group, value, counted, partition)
DO UPDATE SET n = cell.n + excluded.n;

-- name: cells_that_differ
-- Cells that do not hold what a recount of everyone gives, with both numbers.
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
