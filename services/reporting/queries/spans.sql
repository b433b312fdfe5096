-- name: load_spans
-- The spans of these people as known now.
SELECT young_person_id, campaign, from_on, to_on, year_group, establishment, frozen, frozen_establishment, live,
    ever_live, district, sex, ethnicity, send, vulnerable, outcome, outcome_reason, participation, activity_code,
    confirmed, lapses_on, participation_reason, need_row, need_reason, known_from, caused_by, cause
FROM span WHERE young_person_id = ANY ($1) AND known_to = 'infinity'
ORDER BY young_person_id, campaign, from_on;

-- name: load_standings
-- In which cohorts these people are as known now.
SELECT young_person_id, campaign, from_on, to_on, frozen, live, gone, known_from, caused_by, cause
FROM standing WHERE young_person_id = ANY ($1) AND known_to = 'infinity'
ORDER BY young_person_id, campaign, from_on;

-- name: remove_spans
-- Takes out spans that the very moment which opened them has replaced.
DELETE FROM span AS s USING unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[]) AS given (id, c, f, k)
WHERE (s.young_person_id, s.campaign, s.from_on, s.known_from) = (given.id, given.c, given.f, given.k);

-- name: remove_standings
-- The same of cohorts.
DELETE FROM standing AS s USING unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[]) AS given (id, c, f, k)
WHERE (s.young_person_id, s.campaign, s.from_on, s.known_from) = (given.id, given.c, given.f, given.k);

-- name: close_spans
-- From a moment on these spans are no longer what is known.
UPDATE span AS s SET known_to = given.until
FROM unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[], $5::timestamptz[]) AS given (id, c, f, k, until)
WHERE (s.young_person_id, s.campaign, s.from_on, s.known_from) = (given.id, given.c, given.f, given.k);

-- name: close_standings
-- The same of cohorts.
UPDATE standing AS s SET known_to = given.until
FROM unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[], $5::timestamptz[]) AS given (id, c, f, k, until)
WHERE (s.young_person_id, s.campaign, s.from_on, s.known_from) = (given.id, given.c, given.f, given.k);
