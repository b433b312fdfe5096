-- name: to_withdraw
-- A submission and when it was withdrawn, if it was.
SELECT s.submission_id, s.state, s.feed, s.number, s.sent_on, s.campaign, s.sender, a.recorded_at AS withdrawn_at
FROM submission AS s LEFT JOIN act AS a ON a.number = s.withdrawn_by
WHERE s.submission_id = $1;

-- name: withdraw
-- The submission no longer stands.
UPDATE submission SET state = 'withdrawn', withdrawn_by = $2, withdrawn_because = $3 WHERE submission_id = $1;

-- name: rows_of_submission
-- What matching sees of the rows of a submission, and whom they are of.
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE number = $1 ORDER BY row;

-- name: rows_linked_by
-- The same of standing rows with one of these sound UPNs, sound ULNs, names with birth, or of one of these people.
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE stands AND upn_sound AND upn = ANY ($1)
UNION ALL
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE stands AND uln_sound AND uln = ANY ($2)
UNION ALL
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE stands AND name_key = ANY ($3)
UNION ALL
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE stands AND young_person_id = ANY ($4)
UNION ALL
SELECT number, row, cohort, upn, upn_sound, uln, uln_sound, name_key, postcode, named, young_person_id, gives_uln, made
FROM sent_row WHERE stands AND named = ANY ($4)
ORDER BY number, row;

-- name: standing_submissions
-- Standing submissions among these, and every standing cohort file, in the order of acceptance.
SELECT number, feed FROM submission
WHERE state = 'accepted' AND (number = ANY ($1) OR feed = 'cohort') ORDER BY number;

-- name: made_by_rows
-- Whom these rows first made.
SELECT DISTINCT ON (number, row) number, row, young_person_id FROM (
    SELECT r.number, r.row, r.young_person_id, r.since FROM unnest($1::bigint[], $2::int[]) AS w (number, row)
    JOIN sent_row AS r USING (number, row) WHERE r.made
    UNION ALL
    SELECT p.number, p.row, p.young_person_id, p.since FROM unnest($1::bigint[], $2::int[]) AS w (number, row)
    JOIN past_match AS p USING (number, row) WHERE p.made) AS every
ORDER BY number, row, since;

-- name: with_upn
-- Which of these people ever had a sound UPN.
SELECT DISTINCT young_person_id FROM upn_ever WHERE young_person_id = ANY ($1) ORDER BY young_person_id;

-- name: ask_withdrawal
-- Whoever checks submissions is asked to take one back.
WITH asked AS (
    INSERT INTO withdrawal_asked (act_id, request_hash, submission_id, reason) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING)
SELECT pg_notify('submission', '');

-- name: next_withdrawal
-- What was asked for first.
SELECT act_id, request_hash, submission_id, reason FROM withdrawal_asked ORDER BY asked_order LIMIT 1;

-- name: is_withdrawal_asked
-- Under which request somebody still waits for this.
SELECT request_hash FROM withdrawal_asked WHERE act_id = $1;

-- name: end_withdrawal
-- Nobody waits for this any more.
DELETE FROM withdrawal_asked WHERE act_id = $1;
