-- name: queue_day
-- The day as at which the queue stands: the earliest to which any partition has come.
SELECT coalesce(min(today), bus.today()) FROM day;

-- name: queue_length
-- How many people are in the queue, of some establishments or of all, by campaign and need.
SELECT campaign, row_code, count(*)::integer AS people FROM entry
WHERE $1::text[] IS NULL OR establishment = ANY ($1)
GROUP BY campaign, row_code ORDER BY campaign, row_code;

-- name: queue_page
-- Who comes next, beyond a place: of each campaign, which brings points of its own, the first in order.
SELECT e.young_person_id, c.points + e.points AS priority, e.waiting_since
FROM unnest($1::integer[], $2::integer[]) AS c (campaign, points), LATERAL (
    SELECT young_person_id, points, waiting_since FROM entry
    WHERE campaign = c.campaign
        AND (-points, waiting_since, length(young_person_id), young_person_id) >
            (c.points - $3::integer, $4::date, length($5::text), $5)
    ORDER BY (-points), waiting_since, length(young_person_id), young_person_id LIMIT $6) AS e
ORDER BY priority DESC, waiting_since, length(young_person_id), young_person_id LIMIT $6;

-- name: queue_page_of_establishments
-- The same of some establishments, who are few enough to be put in order.
WITH theirs AS MATERIALIZED (
    SELECT young_person_id, campaign, points, waiting_since FROM entry WHERE establishment = ANY ($7::text[]))
SELECT e.young_person_id, c.points + e.points AS priority, e.waiting_since
FROM unnest($1::integer[], $2::integer[]) AS c (campaign, points) JOIN theirs AS e USING (campaign)
WHERE (-e.points, e.waiting_since, length(e.young_person_id), e.young_person_id) >
    (c.points - $3::integer, $4::date, length($5::text), $5)
ORDER BY priority DESC, waiting_since, length(young_person_id), young_person_id LIMIT $6;

-- name: queue_entries
-- All that is shown of these people in the queue, and who has them in hand.
SELECT e.*, d.today, l.account_id AS leased_to
FROM entry AS e
JOIN day AS d USING (partition)
LEFT JOIN lease AS l ON l.young_person_id = e.young_person_id AND l.ended_at IS NULL AND l.until > clock_timestamp()
WHERE e.young_person_id = ANY ($1)
ORDER BY e.young_person_id;

-- name: tried
-- What was tried with these people, and whether they can be reached.
SELECT p.young_person_id, a.*,
    EXISTS (SELECT FROM person_detail AS d WHERE d.young_person_id = p.young_person_id AND d.reachable) AS reachable
FROM unnest($1::text[]) AS p (young_person_id), LATERAL (
    SELECT count(*)::integer AS attempts, max(made_on) AS last_attempt_on, max(rests_until) AS rests_until,
        (array_agg(next_contact_on ORDER BY recorded_at DESC))[1] AS next_contact_on
    FROM attempt WHERE attempt.young_person_id = p.young_person_id) AS a
ORDER BY p.young_person_id;

-- name: keep_attempt
-- Keeps an attempt once, whatever happens to be sent twice.
INSERT INTO attempt (act_id, request_hash, young_person_id, made_by, made_on, outcome, bars, rests_until,
    next_contact_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (act_id) DO NOTHING
RETURNING act_id;

-- name: request_of_attempt
-- By which request an attempt was recorded.
SELECT request_hash FROM attempt WHERE act_id = $1;
