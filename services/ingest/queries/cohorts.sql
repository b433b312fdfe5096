-- name: enter_freeze
-- A campaign's cohort is frozen by this act.
INSERT INTO frozen_cohort (campaign, number) VALUES ($1, $2);

-- name: frozen_by
-- The act that froze a campaign's cohort.
SELECT number FROM frozen_cohort WHERE campaign = $1;

-- name: is_young_person
-- Whether there is such a young person.
SELECT true FROM young_person WHERE young_person_id = $1;

-- name: exception_in_force
-- The latest exception of somebody in a campaign.
SELECT e.op, a.recorded_at FROM exception AS e JOIN act AS a USING (number)
WHERE e.campaign = $1 AND e.young_person_id = $2 ORDER BY e.number DESC LIMIT 1;

-- name: enter_exception
-- Somebody is added to a frozen cohort or taken out, with the reason.
INSERT INTO exception (number, event_id, campaign, young_person_id, op, reason) VALUES ($1, $2, $3, $4, $5, $6);

-- name: exceptions_of
-- Every exception of a campaign with its reason.
SELECT e.event_id, e.young_person_id, e.op, e.reason, a.recorded_at
FROM exception AS e JOIN act AS a USING (number) WHERE e.campaign = $1 ORDER BY e.number;
