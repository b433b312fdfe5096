-- name: submission
-- One submission with its verdict.
SELECT * FROM submission WHERE submission_id = $1;

-- name: submissions
-- Submissions, the latest sent first, of some providers or of all, before a cursor; their problems are asked singly.
SELECT submission_id, sent_order, state, feed, provider, campaign, campaign_given, is_full, sent_at, recorded_at, rows,
    accepted, unchanged, unmatched, rejected, '[]'::jsonb AS problems, notes
FROM submission
WHERE ($1::text[] IS NULL OR provider = ANY ($1)) AND ($2::bigint IS NULL OR sent_order < $2)
ORDER BY sent_order DESC LIMIT $3;

-- name: establishment_numbers
-- The numbers of the establishments of which one of these is a number.
SELECT d.content ->> 'laestab' AS laestab, d.content ->> 'ukprn' AS ukprn, d.content ->> 'urn' AS urn
FROM directory_row AS d JOIN submission AS s USING (number)
WHERE d.feed = 'establishments' AND s.state = 'accepted'
    AND (d.content ->> 'laestab' = ANY ($1) OR d.content ->> 'ukprn' = ANY ($1) OR d.content ->> 'urn' = ANY ($1))
ORDER BY d.number, d.row;

-- name: people_with_upn
-- Whose UPN this is now.
SELECT young_person_id FROM known_person WHERE upn = $1 ORDER BY young_person_id;

-- name: people_with_uln
-- Whose ULN this is now.
SELECT young_person_id FROM known_person WHERE uln = $1 ORDER BY young_person_id;

-- name: people_with_name_key
-- Whose name and birth this is by their latest cohort row.
SELECT young_person_id FROM known_person WHERE name_key = $1 ORDER BY young_person_id;

-- name: people_sent_with_upn
-- Of whom a standing row gives this UPN, sound or not.
SELECT DISTINCT young_person_id FROM sent_row
WHERE upn = $1 AND stands AND young_person_id IS NOT NULL ORDER BY young_person_id;

-- name: people_sent_with_uln
-- Of whom a standing row gives this ULN, sound or not.
SELECT DISTINCT young_person_id FROM sent_row
WHERE uln = $1 AND stands AND young_person_id IS NOT NULL ORDER BY young_person_id;

-- name: people_sent_with_name_key
-- Of whom a standing row gives this name and birth.
SELECT DISTINCT young_person_id FROM sent_row
WHERE name_key = $1 AND stands AND young_person_id IS NOT NULL ORDER BY young_person_id;

-- name: identifiers
-- UPN and ULN of each of these people by the rows that were theirs once an act was recorded.
SELECT young_person_id,
    coalesce((array_agg(upn ORDER BY upn_sound DESC, number DESC, row DESC) FILTER (WHERE upn IS NOT NULL))[1]) AS upn,
    (array_agg(uln ORDER BY number DESC, row DESC) FILTER (WHERE uln_sound AND gives_uln))[1] AS uln
FROM (
    SELECT r.young_person_id, r.number, r.row, r.upn, r.upn_sound, r.uln, r.uln_sound, r.gives_uln
    FROM sent_row AS r WHERE r.young_person_id = ANY ($1) AND r.since <= $2
    UNION ALL
    SELECT p.young_person_id, p.number, p.row, r.upn, r.upn_sound, r.uln, r.uln_sound, p.gives_uln
    FROM past_match AS p JOIN sent_row AS r USING (number, row)
    WHERE p.young_person_id = ANY ($1) AND p.since <= $2 AND p.until > $2) AS theirs
GROUP BY young_person_id ORDER BY young_person_id;

-- name: said_of
-- Everything that was said of somebody up to a moment, in order.
SELECT event_id, type, recorded_at, payload FROM bus.journal
WHERE lane = 'evidence' AND young_person_id = $1 AND recorded_at <= $2 ORDER BY seq;

-- name: reasons_of
-- Why somebody was added to frozen cohorts or taken out.
SELECT event_id, reason FROM exception WHERE young_person_id = $1 ORDER BY number;

-- name: unmatched
-- Standing rows that are nobody's yet, in the order of acceptance.
SELECT s.submission_id, s.feed, r.row FROM sent_row AS r JOIN submission AS s USING (number)
WHERE r.stands AND r.young_person_id IS NULL ORDER BY r.number, r.row;

-- name: standing_matches
-- Whom each standing row is of.
SELECT number, row, young_person_id FROM sent_row WHERE stands AND young_person_id IS NOT NULL ORDER BY number, row;
