-- The rolling cells: what everyone counts as today, person by person and added up.

CREATE TABLE day (
    partition smallint PRIMARY KEY,
    today date NOT NULL
);
COMMENT ON TABLE day IS 'The business date that each partition has come to.';

CREATE VIEW counting AS
SELECT s.young_person_id, s.partition, s.campaign, p.population, s.year_group, p.establishment, s.district, s.sex,
    s.ethnicity, s.send, s.vulnerable, p.counted
FROM span AS s
JOIN day AS d ON d.partition = s.partition AND s.from_on <= d.today AND s.to_on > d.today
CROSS JOIN LATERAL (VALUES
    ('guarantee frozen', s.frozen AND s.campaign <> 0, s.frozen_establishment, s.outcome),
    ('guarantee live', s.live AND s.campaign <> 0, coalesce(s.frozen_establishment, s.establishment), s.outcome),
    ('frozen', s.frozen AND s.campaign <> 0, s.establishment, s.participation),
    ('live', s.live AND s.campaign <> 0, s.establishment, s.participation),
    ('monthly', s.live AND s.campaign = 0, s.establishment, s.participation)
) AS p (population, counts, establishment, counted)
WHERE s.known_to = 'infinity' AND p.counts AND p.counted IS NOT NULL;
COMMENT ON VIEW counting IS 'What each person counts as today in each population: an outcome or a participation group.';

CREATE TABLE contribution (
    young_person_id text NOT NULL,
    partition smallint NOT NULL,
    campaign integer NOT NULL,
    population text NOT NULL,
    year_group smallint NOT NULL,
    establishment text NOT NULL,
    district text NOT NULL,
    sex text NOT NULL,
    ethnicity text NOT NULL,
    send text NOT NULL,
    vulnerable text NOT NULL,
    counted text NOT NULL
);
COMMENT ON TABLE contribution IS 'What of counting the cells hold already.';
CREATE INDEX contribution_of_person ON contribution (young_person_id);

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
);
COMMENT ON TABLE cell IS 'How many count as what, by year group and one dimension or none; readers add up the partitions.';
