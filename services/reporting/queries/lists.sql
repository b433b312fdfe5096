-- name: list_people
-- Everyone who is in a campaign's frozen cohort or was ever in its live one up to a day, as known at a moment.
SELECT s.young_person_id, s.campaign, s.year_group, s.establishment, s.frozen, s.live,
    s.outcome, o.row_code AS outcome_row, o.because AS outcome_because,
    s.participation, s.activity_code, s.confirmed, s.lapses_on, p.because AS participation_because,
    s.need_row, n.because AS need_because
FROM span AS s
LEFT JOIN reason AS o ON o.id = s.outcome_reason
LEFT JOIN reason AS p ON p.id = s.participation_reason
LEFT JOIN reason AS n ON n.id = s.need_reason
WHERE ($1::integer IS NULL OR s.campaign = $1) AND s.campaign <> 0
    AND s.from_on <= $2 AND s.to_on > $2 AND s.known_from <= $3 AND s.known_to > $3
    AND (s.frozen OR s.ever_live)
ORDER BY length(s.young_person_id), s.young_person_id, s.campaign;

-- name: one_person
-- The campaigns of one person on a day as known at a moment.
SELECT s.young_person_id, s.campaign, s.year_group, s.establishment, s.frozen, s.live,
    s.outcome, o.row_code AS outcome_row, o.because AS outcome_because,
    s.participation, s.activity_code, s.confirmed, s.lapses_on, p.because AS participation_because,
    s.need_row, n.because AS need_because
FROM span AS s
LEFT JOIN reason AS o ON o.id = s.outcome_reason
LEFT JOIN reason AS p ON p.id = s.participation_reason
LEFT JOIN reason AS n ON n.id = s.need_reason
WHERE s.young_person_id = $1 AND s.campaign <> 0
    AND s.from_on <= $2 AND s.to_on > $2 AND s.known_from <= $3 AND s.known_to > $3
ORDER BY s.campaign;

-- name: ledger
-- Every standing, as known now and before, of whoever is not now and always simply in both cohorts.
SELECT young_person_id, campaign, from_on, to_on, frozen, live, gone, known_from,
    CASE WHEN known_to < 'infinity' THEN known_to END AS known_to, cause
FROM standing WHERE campaign = $1 AND young_person_id IN (
    SELECT young_person_id FROM standing
    WHERE campaign = $1 AND known_to = 'infinity' AND (frozen <> live OR from_on > $2 OR to_on <= $3))
ORDER BY length(young_person_id), young_person_id, known_from, from_on;

-- name: cohort_sizes
-- How many are in the frozen and in the live cohort of a campaign on a day as known now.
SELECT count(*) FILTER (WHERE frozen)::integer AS frozen, count(*) FILTER (WHERE live)::integer AS live
FROM standing WHERE campaign = $1 AND known_to = 'infinity' AND from_on <= $2 AND to_on > $2;
