-- name: load_facets
-- What bears on contact of these people, as last said.
SELECT young_person_id, said FROM facet WHERE young_person_id = ANY ($1) ORDER BY young_person_id;

-- name: keep_facets
-- Puts the facets of these people in place of what was held.
INSERT INTO facet (young_person_id, said)
SELECT young_person_id, said::json FROM unnest($1::text[], $2::text[]) AS given (young_person_id, said)
ORDER BY young_person_id
ON CONFLICT (young_person_id) DO UPDATE SET said = excluded.said;

-- name: forget_needs
-- What these people need no more: of each the campaign and the first day.
DELETE FROM need AS n USING unnest($1::text[], $2::integer[], $3::date[]) AS given (id, campaign, from_on)
WHERE (n.young_person_id, n.campaign, n.from_on) = (given.id, given.campaign, given.from_on);

-- name: needs_on
-- What these people need on a day, of each campaign.
SELECT young_person_id, campaign, row_code, because, characteristics, provision, roni_band
FROM need WHERE young_person_id = ANY ($1) AND from_on <= $2 AND to_on > $2
ORDER BY young_person_id, campaign;
