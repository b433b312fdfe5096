-- name: today
-- The business date of the partition in hand; null before its first day.
SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint;

-- name: move_to_day
-- The partition in hand has come to a business date.
INSERT INTO day (partition, today) VALUES (current_setting('bus.partition')::smallint, $1)
ON CONFLICT (partition) DO UPDATE SET today = excluded.today;

-- name: changing_between
-- Whose needs, in the partition in hand, begin or end after one day and by another.
SELECT young_person_id FROM need
WHERE partition = current_setting('bus.partition')::smallint AND from_on > $1 AND from_on <= $2
UNION
SELECT young_person_id FROM need
WHERE partition = current_setting('bus.partition')::smallint AND to_on > $1 AND to_on <= $2
ORDER BY young_person_id;

-- name: hold_entries
-- Locks these people's entries in order, so that nobody claims them meanwhile.
SELECT young_person_id FROM entry WHERE young_person_id = ANY ($1) ORDER BY young_person_id FOR UPDATE;

-- name: drop_entries
-- Takes those of these people out of the queue who need no contact on a day.
DELETE FROM entry AS e WHERE young_person_id = ANY ($1) AND NOT EXISTS (
    SELECT FROM need AS n WHERE n.young_person_id = e.young_person_id AND n.from_on <= $2 AND n.to_on > $2)
RETURNING young_person_id;

-- name: end_leases
-- Whoever has these people in hand is told why they no longer do.
UPDATE lease SET ended_at = clock_timestamp(), ended_because = $2
WHERE young_person_id = ANY ($1) AND ended_at IS NULL;

-- name: put_entries
-- Puts those of these people in the queue who need contact on a day, under the oldest campaign in which they do.
WITH today AS (
    SELECT n.*, row_number() OVER person AS place, array_agg(campaign) OVER everything AS campaigns,
        min(waiting_since) OVER everything AS first_since
    FROM need AS n
    WHERE young_person_id = ANY ($1) AND from_on <= $2 AND to_on > $2
    WINDOW person AS (PARTITION BY young_person_id ORDER BY campaign),
        everything AS (PARTITION BY young_person_id ORDER BY campaign
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
INSERT INTO entry (young_person_id, partition, campaign, other_campaigns, row_code, because, waiting_since, year_group,
    establishment, characteristics, provision, roni_band)
SELECT young_person_id, partition, campaign, campaigns[2:], row_code, because, first_since, year_group,
    establishment, characteristics, provision, roni_band
FROM today WHERE place = 1
ORDER BY young_person_id
ON CONFLICT (young_person_id) DO UPDATE SET
    (campaign, other_campaigns, row_code, because, waiting_since, year_group, establishment, characteristics,
        provision, roni_band) =
    (excluded.campaign, excluded.other_campaigns, excluded.row_code, excluded.because, excluded.waiting_since,
        excluded.year_group, excluded.establishment, excluded.characteristics, excluded.provision, excluded.roni_band);

-- name: entries_that_differ
-- Who is in the queue and needs no contact today, or needs it and is not in the queue, or under another need.
SELECT young_person_id, e.row_code AS stored, n.row_code AS recount
FROM entry AS e
FULL JOIN (
    SELECT DISTINCT ON (n.young_person_id) n.young_person_id, n.campaign, n.row_code
    FROM need AS n JOIN day AS d ON d.partition = n.partition AND n.from_on <= d.today AND n.to_on > d.today
    ORDER BY n.young_person_id, n.campaign) AS n USING (young_person_id)
WHERE (e.campaign, e.row_code) IS DISTINCT FROM (n.campaign, n.row_code)
ORDER BY young_person_id;
