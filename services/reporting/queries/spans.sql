-- name: load_spans
-- The spans of these people as known now.
SELECT young_person_id, campaign, from_on, to_on, year_group, establishment, frozen, frozen_establishment, live,
    ever_live, district, sex, ethnicity, send, vulnerable, outcome, outcome_reason, participation, activity_code,
    confirmed, lapses_on, participation_reason, need_row, need_reason, id, known_from
FROM span WHERE young_person_id = ANY ($1) AND known_to = 'infinity'
ORDER BY young_person_id, campaign, from_on;

-- name: load_standings
-- In which cohorts these people are as known now.
SELECT young_person_id, campaign, from_on, to_on, frozen, live, gone, id, known_from
FROM standing WHERE young_person_id = ANY ($1) AND known_to = 'infinity'
ORDER BY young_person_id, campaign, from_on;

-- name: remove_spans
-- Takes out spans that the very moment which opened them has replaced.
DELETE FROM span WHERE id = ANY ($1);

-- name: remove_standings
-- The same of cohorts.
DELETE FROM standing WHERE id = ANY ($1);

-- name: close_spans
-- From a moment on these spans are no longer what is known.
UPDATE span SET known_to = given.until
FROM unnest($1::bigint[], $2::timestamptz[]) AS given (number, until) WHERE id = given.number;

-- name: close_standings
-- The same of cohorts.
UPDATE standing SET known_to = given.until
FROM unnest($1::bigint[], $2::timestamptz[]) AS given (number, until) WHERE id = given.number;
