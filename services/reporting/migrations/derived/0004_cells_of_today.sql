-- The rolling cells: what everyone counts as today, added up.

CREATE TABLE day (
    partition smallint PRIMARY KEY,
    today date NOT NULL
) WITH (fillfactor = 20);
COMMENT ON TABLE day IS 'The business date that each partition has come to.';

CREATE TABLE cell (
    partition smallint NOT NULL,
    campaign integer NOT NULL,
    population text NOT NULL,
    dimension text NOT NULL,
    year_group smallint NOT NULL,
    value text NOT NULL,
    counted text NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (campaign, population, dimension, year_group, value, counted, partition)
) WITH (fillfactor = 50);
COMMENT ON TABLE cell IS 'How many count as what, by year group and one dimension or none; readers add up the partitions.';

CREATE VIEW counting AS
SELECT k.partition, k.young_person_id, k.campaign, p.population, m.year_group, p.establishment,
    coalesce(d.district, 'unknown') AS district, coalesce(d.sex, 'U') AS sex,
    coalesce(d.ethnicity, 'unknown') AS ethnicity, coalesce(d.send, 'unknown') AS send,
    coalesce(d.vulnerable, 'unknown') AS vulnerable, p.counted
FROM known AS k
JOIN day AS t ON t.partition = k.partition
JOIN membership AS m ON m.timeline = k.membership AND m.from_on <= t.today AND m.to_on > t.today
LEFT JOIN dimensions AS d ON d.timeline = k.dimensions AND d.from_on <= t.today AND d.to_on > t.today
LEFT JOIN outcome AS o ON o.timeline = k.outcome AND o.from_on <= t.today AND o.to_on > t.today
LEFT JOIN participation AS a ON a.timeline = k.participation AND a.from_on <= t.today AND a.to_on > t.today
CROSS JOIN LATERAL (VALUES
    ('guarantee frozen', m.frozen AND k.campaign <> 0, coalesce(m.frozen_establishment, m.establishment), o.outcome),
    ('guarantee live', m.live AND k.campaign <> 0, coalesce(m.frozen_establishment, m.establishment), o.outcome),
    ('frozen', m.frozen AND k.campaign <> 0, m.establishment, a.participation),
    ('live', m.live AND k.campaign <> 0, m.establishment, a.participation),
    ('monthly', m.live AND k.campaign = 0, m.establishment, a.participation)
) AS p (population, counts, establishment, counted)
WHERE p.counts AND p.counted IS NOT NULL;
COMMENT ON VIEW counting IS 'What each person counts as today in each population: an outcome or a participation group.';
