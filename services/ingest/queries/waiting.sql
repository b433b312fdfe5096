-- name: near_rows
-- What matching sees of the standing rows that are nobody's yet while somebody is known by one of their keys.
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named
FROM sent_row WHERE stands AND young_person_id IS NULL AND near ORDER BY number, row;

-- name: waiting_rows
-- The same of standing rows that are nobody's yet with one of these sound UPNs, sound ULNs, names with birth or ids.
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named
FROM sent_row WHERE stands AND young_person_id IS NULL AND upn_sound AND upn = ANY ($1)
UNION
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named
FROM sent_row WHERE stands AND young_person_id IS NULL AND uln_sound AND uln = ANY ($2)
UNION
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named
FROM sent_row WHERE stands AND young_person_id IS NULL AND name_key = ANY ($3)
UNION
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named
FROM sent_row WHERE stands AND young_person_id IS NULL AND named = ANY ($4)
ORDER BY number, row;

-- name: set_near
-- Whether somebody is known by a key of these rows.
UPDATE sent_row AS r SET near = m.near FROM unnest($1::bigint[], $2::int[], $3::bool[]) AS m (number, row, near)
WHERE r.number = m.number AND r.row = m.row AND r.near <> m.near;
