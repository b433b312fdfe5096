-- name: list_people
-- Everyone who is in a campaign's frozen cohort or was ever in its live one up to a day, as known at a moment.
SELECT k.young_person_id, k.campaign, m.year_group, m.establishment, m.frozen, m.live,
    o.outcome, ro.row_code AS outcome_row, ro.because AS outcome_because,
    a.participation, a.activity_code, a.confirmed, a.lapses_on, ra.because AS participation_because,
    n.need_row, rn.because AS need_because
FROM ever_known AS k
JOIN membership AS m ON m.timeline = k.membership AND m.from_on <= $2 AND m.to_on > $2
LEFT JOIN outcome AS o ON o.timeline = k.outcome AND o.from_on <= $2 AND o.to_on > $2
LEFT JOIN participation AS a ON a.timeline = k.participation AND a.from_on <= $2 AND a.to_on > $2
LEFT JOIN need AS n ON n.timeline = k.need AND n.from_on <= $2 AND n.to_on > $2
LEFT JOIN reason AS ro ON ro.id = o.reason
LEFT JOIN reason AS ra ON ra.id = a.reason
LEFT JOIN reason AS rn ON rn.id = n.reason
WHERE ($1::integer IS NULL OR k.campaign = $1) AND k.campaign > 0 AND k.known_from <= $3 AND k.known_to > $3
    AND (m.frozen OR m.ever_live)
ORDER BY length(k.young_person_id), k.young_person_id, k.campaign;

-- name: one_person
-- The campaigns of one person on a day as known at a moment.
SELECT k.young_person_id, k.campaign, m.year_group, m.establishment, m.frozen, m.live,
    o.outcome, ro.row_code AS outcome_row, ro.because AS outcome_because,
    a.participation, a.activity_code, a.confirmed, a.lapses_on, ra.because AS participation_because,
    n.need_row, rn.because AS need_because
FROM ever_known AS k
JOIN membership AS m ON m.timeline = k.membership AND m.from_on <= $2 AND m.to_on > $2
LEFT JOIN outcome AS o ON o.timeline = k.outcome AND o.from_on <= $2 AND o.to_on > $2
LEFT JOIN participation AS a ON a.timeline = k.participation AND a.from_on <= $2 AND a.to_on > $2
LEFT JOIN need AS n ON n.timeline = k.need AND n.from_on <= $2 AND n.to_on > $2
LEFT JOIN reason AS ro ON ro.id = o.reason
LEFT JOIN reason AS ra ON ra.id = a.reason
LEFT JOIN reason AS rn ON rn.id = n.reason
WHERE k.young_person_id = $1 AND k.campaign > 0 AND k.known_from <= $3 AND k.known_to > $3
ORDER BY k.campaign;

-- name: ledger
-- All that was ever known of the membership of whoever is not now and always simply in both cohorts.
WITH moved AS (
    SELECT DISTINCT m.timeline FROM membership AS m
    WHERE m.frozen <> m.live
        OR m.from_on > $2 AND NOT EXISTS (SELECT FROM membership AS before WHERE before.timeline = m.timeline
            AND before.to_on = m.from_on AND (before.frozen, before.live) = (m.frozen, m.live))
        OR m.to_on <= $3 AND NOT EXISTS (SELECT FROM membership AS after WHERE after.timeline = m.timeline
            AND after.from_on = m.to_on AND (after.frozen, after.live) = (m.frozen, m.live))
), people AS (
    SELECT young_person_id FROM known JOIN moved ON moved.timeline = known.membership WHERE campaign = $1
)
SELECT k.young_person_id, k.membership, k.known_from, k.cause
FROM ever_known AS k JOIN people USING (young_person_id)
WHERE k.campaign = $1
ORDER BY length(k.young_person_id), k.young_person_id, k.known_from;

-- name: cohort_sizes
-- How many are in the frozen and in the live cohort of a campaign on a day as known now.
SELECT count(*) FILTER (WHERE m.frozen)::integer AS frozen, count(*) FILTER (WHERE m.live)::integer AS live
FROM known AS k JOIN membership AS m ON m.timeline = k.membership AND m.from_on <= $2 AND m.to_on > $2
WHERE k.campaign = $1;

-- name: known_in_partition
-- What was known at a moment of everyone of a partition.
SELECT young_person_id, campaign, membership, outcome, participation, need, dimensions
FROM ever_known WHERE partition = $1 AND known_from <= $2 AND known_to > $2
ORDER BY young_person_id, campaign;
