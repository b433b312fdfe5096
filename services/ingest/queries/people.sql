-- name: known_people
-- Everyone who has one of these UPNs, ULNs, names with birth, or ids.
WITH known AS MATERIALIZED (
    SELECT * FROM known_person
    WHERE upn = ANY ($1) OR uln = ANY ($2) OR name_key = ANY ($3) OR young_person_id = ANY ($4))
SELECT * FROM known ORDER BY young_person_id;

-- name: dormant_people
-- Who once had one of these UPNs and of whom no row stands, the oldest first.
SELECT u.upn, u.young_person_id FROM upn_ever AS u
LEFT JOIN LATERAL (
    SELECT true AS stands FROM known_person AS k WHERE k.young_person_id = u.young_person_id LIMIT 1) AS known ON true
WHERE u.upn = ANY ($1) AND (known.stands IS NULL OR u.young_person_id IN (SELECT unnest($2::text[])))
ORDER BY u.upn, u.young_person_id::bigint;

-- name: next_young_person
-- The id that the next new young person gets.
SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM young_person_number;

-- name: move_young_person_number
-- From here on the next new young person gets this id.
SELECT setval('young_person_number', $1, false);

-- name: enter_young_people
-- Young people whom an act made.
INSERT INTO young_person (young_person_id, made_by) SELECT who, $2 FROM unnest($1::text[]) AS who;

-- name: enter_upns
-- Sound UPNs by which these young people may come again.
INSERT INTO upn_ever (upn, young_person_id) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING;

-- name: keep_known
-- What is known now of these young people.
INSERT INTO known_person SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::int[], $5::text[], $6::bigint[],
    $7::int[], $8::text[], $9::text[], $10::bigint[], $11::int[])
ON CONFLICT (young_person_id) DO UPDATE SET upn = excluded.upn, upn_number = excluded.upn_number,
    upn_row = excluded.upn_row, uln = excluded.uln, uln_number = excluded.uln_number, uln_row = excluded.uln_row,
    name_key = excluded.name_key, postcode = excluded.postcode, cohort_number = excluded.cohort_number,
    cohort_row = excluded.cohort_row;

-- name: forget_known
-- Of these young people nothing stands.
DELETE FROM known_person WHERE young_person_id = ANY ($1);
