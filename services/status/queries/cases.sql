-- name: load_cases
-- What is held of these people; of cases ($2) or of what they come to alone, where that rests on the present basis ($3).
SELECT young_person_id,
    CASE WHEN $2::boolean OR (told #>> '{grounds,basis}') IS DISTINCT FROM $3::text THEN evidence END AS evidence,
    told, asks
FROM person_case
WHERE young_person_id = ANY ($1::text[]) ORDER BY young_person_id FOR UPDATE;

-- name: save_cases
-- Puts these cases in the place of those held.
INSERT INTO person_case (young_person_id, evidence, told, asks)
SELECT one.young_person_id, one.evidence, one.told::json, one.asks
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS one (young_person_id, evidence, told, asks)
ORDER BY one.young_person_id
ON CONFLICT (young_person_id) DO UPDATE
SET evidence = excluded.evidence, told = excluded.told, asks = excluded.asks;

-- name: follow
-- These people are a matter of these campaigns.
INSERT INTO follows (campaign, young_person_id)
SELECT one.campaign, one.young_person_id FROM unnest($1::integer[], $2::text[]) AS one (campaign, young_person_id)
ON CONFLICT DO NOTHING;

-- name: save_told
-- Puts what was told of these people in the place of what was told before; their cases stand.
UPDATE person_case AS c SET told = one.told::json, asks = one.asks
FROM unnest($1::text[], $2::text[], $3::text[]) AS one (young_person_id, told, asks)
WHERE c.young_person_id = one.young_person_id;

-- name: forget_asks
-- Takes away on whose return these people hang, before it is said anew.
DELETE FROM asks WHERE young_person_id = ANY ($1::text[]);

-- name: people_of_campaign
-- Everyone of this partition of whom anything is held for a campaign.
SELECT young_person_id FROM follows
WHERE partition = current_setting('bus.partition')::smallint AND campaign = $1 ORDER BY young_person_id;

-- name: people_who_ask
-- Everyone of this partition who hangs on one of these returns on a day after the given one (null: on any).
SELECT DISTINCT a.young_person_id
FROM asks AS a
JOIN unnest($1::text[], $2::text[], $3::integer[]) AS key (provider, feed, campaign) USING (provider, feed, campaign)
WHERE a.partition = current_setting('bus.partition')::smallint
    AND ($4::date IS NULL OR a.to_on IS NULL OR a.to_on > $4::date)
ORDER BY a.young_person_id;
