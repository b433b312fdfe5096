-- name: hold_partition
-- Holds the partition in hand to the end of the transaction: it is one after another, as what makes an entry and what
-- an entry copies come in different transactions of a partition.
SELECT pg_advisory_xact_lock(hashtext('outreach.entry'), current_setting('bus.partition')::integer);

-- name: today
-- The business date of the partition in hand; null before its first day.
SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint;

-- name: work_in_partition
-- For whoever hears nothing: which partition is in hand, held as above.
SELECT set_config('bus.partition', $1::integer::text, true),
    pg_advisory_xact_lock(hashtext('outreach.entry'), $1);

-- name: move_to_day
-- The partition in hand has come to a business date; answers who is in the queue as they were before it, and may be
-- otherwise on it. Entries made from its first day on stand by this table of points.
INSERT INTO day (partition, today, points) VALUES (current_setting('bus.partition')::smallint, $1, $2)
ON CONFLICT (partition) DO UPDATE SET today = excluded.today
RETURNING ARRAY(
    SELECT young_person_id FROM entry
    WHERE entry.partition = current_setting('bus.partition')::smallint AND changes_on <= $1
    ORDER BY young_person_id);

-- name: changing_until
-- Whom, in the partition in hand, the days up to one bring into the queue, move in it or take out.
WITH since AS (SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint)
SELECT n.young_person_id FROM need AS n, since
WHERE n.partition = current_setting('bus.partition')::smallint AND n.from_on > since.today AND n.from_on <= $1
UNION
SELECT young_person_id FROM entry
WHERE partition = current_setting('bus.partition')::smallint AND changes_on <= $1
ORDER BY young_person_id;

-- name: drop_entries
-- Takes those of these people out of the queue who need no contact on a day, and tells whoever has them in hand why.
WITH held AS MATERIALIZED (
    SELECT young_person_id FROM entry WHERE young_person_id = ANY ($1) ORDER BY young_person_id FOR UPDATE
), gone AS (
    DELETE FROM entry AS e USING held AS h
    WHERE e.young_person_id = h.young_person_id AND NOT EXISTS (
        SELECT FROM need AS n WHERE n.young_person_id = h.young_person_id AND n.from_on <= $2 AND n.to_on > $2)
    RETURNING e.young_person_id
)
UPDATE lease AS l SET ended_at = clock_timestamp(), ended_because = $3
FROM gone AS g WHERE l.young_person_id = g.young_person_id AND l.ended_at IS NULL;

-- name: entries_wanted
-- Those of these people who need contact on a day, under the oldest campaign in which they do.
WITH today AS (
    SELECT n.*, row_number() OVER person AS place, array_agg(campaign) OVER everything AS campaigns,
        min(waiting_since) OVER everything AS first_since, min(to_on) OVER everything AS until
    FROM need AS n
    WHERE young_person_id = ANY ($1) AND from_on <= $2 AND to_on > $2
    WINDOW person AS (PARTITION BY young_person_id ORDER BY campaign),
        everything AS (PARTITION BY young_person_id ORDER BY campaign
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT young_person_id, partition, campaign, campaigns[2:] AS other_campaigns, row_code, because,
    first_since AS waiting_since, year_group, establishment, characteristics, provision, roni_band, until
FROM today WHERE place = 1
ORDER BY young_person_id;

-- name: entries_standing
-- Those of these people who are in the queue, as they stand there.
SELECT * FROM entry WHERE young_person_id = ANY ($1) ORDER BY young_person_id FOR UPDATE;

-- name: put_entries
-- Puts these entries, whole as the table has them, in the queue or in place of what stands.
INSERT INTO entry SELECT given.* FROM json_populate_recordset(NULL::entry, $1) AS given
ON CONFLICT (young_person_id) DO UPDATE SET
    (campaign, other_campaigns, row_code, because, waiting_since, year_group, establishment, characteristics, provision,
        roni_band, until, reachable, attempts, last_attempt_on, next_contact_on, rests_until, points, changes_on) =
    (excluded.campaign, excluded.other_campaigns, excluded.row_code, excluded.because, excluded.waiting_since,
        excluded.year_group, excluded.establishment, excluded.characteristics, excluded.provision, excluded.roni_band,
        excluded.until, excluded.reachable, excluded.attempts, excluded.last_attempt_on, excluded.next_contact_on,
        excluded.rests_until, excluded.points, excluded.changes_on);

-- name: entries_reached_otherwise
-- Who of these people is in the queue as one who can be reached and no longer can, or the other way round.
SELECT young_person_id FROM entry AS e
WHERE young_person_id = ANY ($1) AND reachable <>
    EXISTS (SELECT FROM person_detail AS d WHERE d.young_person_id = e.young_person_id AND d.reachable)
ORDER BY young_person_id;

-- name: ordered_otherwise
-- Partitions whose entries stand by another table of points.
SELECT partition FROM day WHERE points <> $1 ORDER BY partition;

-- name: entries_of_partition
-- Who of a partition is in the queue.
SELECT young_person_id FROM entry WHERE partition = $1 ORDER BY young_person_id;

-- name: ordered_by
-- The entries of a partition stand by this table of points.
UPDATE day SET points = $2 WHERE partition = $1;

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
