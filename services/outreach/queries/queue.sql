-- name: queue_day
-- The day as at which the queue stands: the earliest to which any partition has come.
SELECT coalesce(min(today), bus.today()) FROM day;

-- name: queue
-- Everyone in the queue, of some establishments or of all, with what was tried and who has them in hand.
SELECT e.young_person_id, e.campaign, e.other_campaigns, e.year_group, e.establishment, e.row_code, e.because,
    e.waiting_since, e.characteristics, e.provision, e.roni_band,
    coalesce(a.attempts, 0)::integer AS attempts, a.last_attempt_on, a.rests_until, a.next_contact_on,
    EXISTS (SELECT FROM person_detail AS d WHERE d.young_person_id = e.young_person_id AND d.reachable) AS reachable,
    l.account_id AS leased_to
FROM entry AS e
LEFT JOIN (
    SELECT young_person_id, count(*) AS attempts, max(made_on) AS last_attempt_on, max(rests_until) AS rests_until,
        (array_agg(next_contact_on ORDER BY recorded_at DESC))[1] AS next_contact_on
    FROM attempt GROUP BY young_person_id) AS a USING (young_person_id)
LEFT JOIN lease AS l ON l.young_person_id = e.young_person_id AND l.ended_at IS NULL AND l.until > clock_timestamp()
WHERE $1::text[] IS NULL OR e.establishment = ANY ($1)
ORDER BY length(e.young_person_id), e.young_person_id;

-- name: tried
-- What was tried with these people, and whether they can be reached.
SELECT p.young_person_id, count(a.act_id)::integer AS attempts, max(a.made_on) AS last_attempt_on,
    (array_agg(a.next_contact_on ORDER BY a.recorded_at DESC))[1] AS next_contact_on,
    EXISTS (SELECT FROM person_detail AS d WHERE d.young_person_id = p.young_person_id AND d.reachable) AS reachable
FROM unnest($1::text[]) AS p (young_person_id)
LEFT JOIN attempt AS a USING (young_person_id)
GROUP BY p.young_person_id ORDER BY p.young_person_id;

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
