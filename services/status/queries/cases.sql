-- name: load_cases
-- What is held of these people; those of whom nothing is held are left out.
SELECT young_person_id, evidence, facets FROM person_case
WHERE young_person_id = ANY ($1::text[]) ORDER BY young_person_id FOR UPDATE;

-- name: save_cases
-- Puts these cases in the place of those held.
INSERT INTO person_case (young_person_id, campaigns, evidence, facets)
SELECT one.young_person_id, string_to_array(one.campaigns, ',')::integer[], one.evidence::json, one.facets::json
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS one (young_person_id, campaigns, evidence, facets)
ORDER BY one.young_person_id
ON CONFLICT (young_person_id) DO UPDATE
SET campaigns = excluded.campaigns, evidence = excluded.evidence, facets = excluded.facets;

-- name: forget_asks
-- Takes away on whose return these people hang, before it is said anew.
DELETE FROM asks WHERE young_person_id = ANY ($1::text[]);

-- name: people_of_campaign
-- Everyone of this partition of whom anything is held for a campaign.
SELECT young_person_id FROM person_case
WHERE partition = current_setting('bus.partition')::smallint AND campaigns @> ARRAY[$1::integer]
ORDER BY young_person_id;

-- name: people_who_ask
-- Everyone of this partition who hangs on one of these returns on a day after the given one (null: on any).
SELECT DISTINCT a.young_person_id
FROM asks AS a
JOIN unnest($1::text[], $2::text[], $3::integer[]) AS key (provider, feed, campaign) USING (provider, feed, campaign)
WHERE a.partition = current_setting('bus.partition')::smallint
    AND ($4::date IS NULL OR a.to_on IS NULL OR a.to_on > $4::date)
ORDER BY a.young_person_id;
