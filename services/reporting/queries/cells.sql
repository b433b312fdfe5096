-- name: today
-- The business date of the partition in hand, null before its first day; plans may read a whole table from here on.
SELECT (SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint) AS today,
    set_config('enable_seqscan', 'on', true);

-- name: move_to_day
-- The partition in hand has come to a business date.
INSERT INTO day (partition, today) VALUES (current_setting('bus.partition')::smallint, $1)
ON CONFLICT (partition) DO UPDATE SET today = excluded.today;

-- name: turning
-- Timelines that begin, change or end after one day and by another.
SELECT DISTINCT timeline FROM turn WHERE on_day > $1 AND on_day <= $2 ORDER BY timeline;

-- name: turn_cells
-- Whoever, in the partition in hand, has one of these timelines goes out of the cells as what they counted as on the
-- one day and in as what they count as on the other.
WITH turning AS (
    SELECT campaign, membership, outcome, participation, dimensions, count(*) AS people
    FROM known
    WHERE partition = current_setting('bus.partition')::smallint AND (membership = ANY ($1::integer[])
        OR outcome = ANY ($1) OR participation = ANY ($1) OR dimensions = ANY ($1))
    GROUP BY 1, 2, 3, 4, 5
), moved AS (
    SELECT k.campaign, p.population, m.year_group, p.establishment, d.district, d.sex, d.ethnicity, d.send,
        d.vulnerable, p.counted, sum(k.people * t.n) AS n
    FROM turning AS k
    CROSS JOIN (VALUES ($2::date, -1), ($3::date, 1)) AS t (day, n)
    JOIN membership AS m ON m.timeline = k.membership AND m.from_on <= t.day AND m.to_on > t.day
    LEFT JOIN dimensions AS d ON d.timeline = k.dimensions AND d.from_on <= t.day AND d.to_on > t.day
    LEFT JOIN outcome AS o ON o.timeline = k.outcome AND o.from_on <= t.day AND o.to_on > t.day
    LEFT JOIN participation AS a ON a.timeline = k.participation AND a.from_on <= t.day AND a.to_on > t.day
    CROSS JOIN LATERAL (VALUES
        ('guarantee frozen', m.frozen AND k.campaign <> 0, coalesce(m.frozen_establishment, m.establishment),
            o.outcome),
        ('guarantee live', m.live AND k.campaign <> 0, coalesce(m.frozen_establishment, m.establishment), o.outcome),
        ('frozen', m.frozen AND k.campaign <> 0, m.establishment, a.participation),
        ('live', m.live AND k.campaign <> 0, m.establishment, a.participation),
        ('monthly', m.live AND k.campaign = 0, m.establishment, a.participation)
    ) AS p (population, counts, establishment, counted)
    WHERE p.counts AND p.counted IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(k.people * t.n) <> 0
)
INSERT INTO cell (partition, campaign, population, dimension, year_group, value, counted, n)
SELECT current_setting('bus.partition')::smallint, m.campaign, m.population, b.dimension, m.year_group, b.value,
    m.counted, sum(m.n)
FROM moved AS m
CROSS JOIN LATERAL (VALUES
    ('', ''), ('establishment', m.establishment), ('district', coalesce(m.district, 'unknown')),
    ('sex', coalesce(m.sex, 'U')), ('ethnicity', coalesce(m.ethnicity, 'unknown')),
    ('send', coalesce(m.send, 'unknown')), ('vulnerable', coalesce(m.vulnerable, 'unknown'))) AS b (dimension, value)
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(m.n) <> 0
ORDER BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT (campaign, population, dimension, year_group, value, counted, partition)
DO UPDATE SET n = cell.n + excluded.n;

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
