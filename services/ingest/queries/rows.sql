-- name: last_said
-- What the sender's last standing submission of a feed, before this one, says of these people.
SELECT r.young_person_id, r.columns_hash FROM unnest($4::text[]) AS who
JOIN sent_row AS r ON r.young_person_id = who AND r.number = (
    SELECT max(s.number) FROM submission AS s WHERE s.sender = $1 AND s.feed = $2 AND s.state = 'accepted' AND s.number < $3)
ORDER BY r.row;

-- name: rows_by_said
-- Rows with what they say, their submissions, and what is said of them now.
SELECT r.number, r.row, r.content, r.young_person_id, r.gives_uln, r.made, r.pieces, r.digest, r.provider,
    s.submission_id, s.feed, s.sender, s.kind, s.campaign, s.sent_on
FROM unnest($1::bigint[], $2::int[]) AS wanted (number, row)
JOIN sent_row AS r USING (number, row)
JOIN submission AS s USING (number)
ORDER BY r.number, r.row;

-- name: close_matches
-- What these rows were matched to becomes past with this act.
INSERT INTO past_match (number, row, young_person_id, gives_uln, made, since, until)
SELECT r.number, r.row, r.young_person_id, r.gives_uln, r.made, r.since, $3
FROM unnest($1::bigint[], $2::int[]) AS moved (number, row)
JOIN sent_row AS r USING (number, row)
WHERE r.young_person_id IS NOT NULL;

-- name: set_matches
-- Whom these rows are of from this act on; null where they wait, or stand no longer because their submission is gone.
UPDATE sent_row AS r SET young_person_id = m.young_person_id, gives_uln = m.gives_uln, made = m.made, since = $9,
    pieces = string_to_array(m.pieces, ' '), digest = m.digest, provider = m.provider,
    stands = r.number <> $10, near = true
FROM unnest($1::bigint[], $2::int[], $3::text[], $4::bool[], $5::bool[], $6::text[], $7::bytea[], $8::text[])
    AS m (number, row, young_person_id, gives_uln, made, pieces, digest, provider)
WHERE r.number = m.number AND r.row = m.row;

-- name: set_digests
-- What is said of these rows now, the match as it was.
UPDATE sent_row AS r SET pieces = string_to_array(m.pieces, ' '), digest = m.digest, provider = m.provider
FROM unnest($1::bigint[], $2::int[], $3::text[], $4::bytea[], $5::text[])
    AS m (number, row, pieces, digest, provider)
WHERE r.number = m.number AND r.row = m.row;
