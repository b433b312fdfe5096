-- name: load_facets
-- The facets of these people as last said.
SELECT young_person_id, said FROM facet WHERE young_person_id = ANY ($1) ORDER BY young_person_id;

-- name: keep_facets
-- Puts the facets of these people in place of what was held.
INSERT INTO facet (young_person_id, said)
SELECT young_person_id, said::json FROM unnest($1::text[], $2::text[]) AS given (young_person_id, said)
ORDER BY young_person_id
ON CONFLICT (young_person_id) DO UPDATE SET said = excluded.said;

-- name: add_reasons
-- Keeps those of these reasons that were never met before.
INSERT INTO reason (decision_table, version, row_code, facts, because)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (t, v, r, f, b)
WHERE NOT EXISTS (
    SELECT FROM reason
    WHERE (decision_table, version, row_code, facts, because) = (given.t, given.v, given.r, given.f, given.b))
ORDER BY 1, 2, 3, 4, 5
ON CONFLICT DO NOTHING;

-- name: reason_ids
-- The numbers of these reasons, in their order.
SELECT reason.id
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS given (t, v, r, f, b, place)
JOIN reason ON (decision_table, version, row_code, facts, because) = (given.t, given.v, given.r, given.f, given.b)
ORDER BY given.place;
