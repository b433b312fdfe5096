-- name: keep_details
-- What rows say of people's details; said again it replaces itself.
INSERT INTO person_detail (young_person_id, number, row, reachable, details)
SELECT id, number, place, reachable, details::json
FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::boolean[], $5::text[])
    AS given (id, number, place, reachable, details)
ORDER BY id, number, place
ON CONFLICT (young_person_id, number, row)
DO UPDATE SET (reachable, details) = (excluded.reachable, excluded.details);

-- name: forget_details
-- What rows no longer say.
DELETE FROM person_detail AS d USING unnest($1::text[], $2::bigint[], $3::integer[]) AS given (id, number, place)
WHERE (d.young_person_id, d.number, d.row) = (given.id, given.number, given.place);
