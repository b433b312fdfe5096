-- name: nightly_cohort
-- The rows of cohort files as a council's own tables would have them.
CREATE TABLE nightly.cohort AS
SELECT young_person_id, (payload -> 'said' ->> 0)::bigint AS number, (payload ->> 'sent_on')::date AS sent_on,
    (payload ->> 'campaign')::int AS campaign, payload ->> 'establishment' AS establishment,
    (payload ->> 'year_group')::int AS year_group, payload ->> 'kind' AS kind, payload ->> 'leaving' AS leaving,
    coalesce((payload ->> 'continuing')::boolean, false) AS continuing
FROM bus.journal WHERE lane = 'evidence' AND type = 'CohortRowStated';

-- name: nightly_offers
-- The rows of offers files, codes among them.
CREATE TABLE nightly.offers AS
SELECT young_person_id, (payload -> 'said' ->> 0)::bigint AS number, (payload -> 'said' ->> 1)::int AS line,
    coalesce(payload ->> 'happened_on', payload ->> 'sent_on')::date AS happened_on,
    (payload ->> 'campaign')::int AS campaign, payload ->> 'status' AS status, payload ->> 'offer_type' AS offer_type,
    payload ->> 'provider' AS provider, payload ->> 'course' AS course, payload ->> 'code' AS code
FROM bus.journal WHERE lane = 'evidence' AND type IN ('OfferStated', 'GuaranteeCodeStated');

-- name: nightly_spells
-- The rows of enrolments and activities files.
CREATE TABLE nightly.spells AS
SELECT young_person_id, (payload -> 'said' ->> 0)::bigint AS number, (payload -> 'said' ->> 1)::int AS line,
    (payload ->> 'sent_on')::date AS sent_on, payload ->> 'provider' AS provider,
    coalesce(payload ->> 'status', 'enrolled') AS status, (payload ->> 'activity_code')::int AS activity_code,
    (payload ->> 'starts_on')::date AS starts_on, (payload ->> 'ends_on')::date AS ends_on,
    (payload ->> 'expected_end_on')::date AS expected_end_on
FROM bus.journal WHERE lane = 'evidence' AND type IN ('EnrolmentStated', 'ActivityStated');

-- name: nightly_recompute
-- Everybody's outcome and participation as at the business date, in one statement.
CREATE TABLE nightly.answer AS
WITH today AS (
    SELECT bus.today() AS day
), member AS (
    SELECT DISTINCT ON (campaign, young_person_id) * FROM nightly.cohort
    ORDER BY campaign, young_person_id, number DESC
), standing AS (
    SELECT DISTINCT ON (young_person_id, campaign, provider, course) * FROM nightly.offers
    WHERE code IS NULL AND happened_on <= (SELECT day FROM today)
    ORDER BY young_person_id, campaign, provider, course, happened_on DESC, number DESC, line DESC
), offered AS (
    SELECT young_person_id, campaign, bool_or(status = 'accepted') AS accepted, bool_or(status = 'made') AS made,
        (array_agg(status ORDER BY happened_on DESC, number DESC, line DESC))[1] AS latest
    FROM standing WHERE offer_type <> 'employment' GROUP BY young_person_id, campaign
), coded AS (
    SELECT DISTINCT ON (young_person_id, campaign) * FROM nightly.offers
    WHERE code IS NOT NULL AND happened_on <= (SELECT day FROM today)
    ORDER BY young_person_id, campaign, happened_on DESC, number DESC, line DESC
), spell AS (
    SELECT DISTINCT ON (young_person_id, provider) * FROM nightly.spells
    ORDER BY young_person_id, provider, number DESC, line DESC
), enrolled AS (
    SELECT young_person_id, min(starts_on) AS starts_on FROM spell
    WHERE status IN ('enrolled', 'expected') AND ends_on IS NULL GROUP BY young_person_id
), doing AS (
    SELECT DISTINCT ON (young_person_id) * FROM spell
    WHERE status = 'enrolled' AND starts_on <= (SELECT day FROM today)
        AND coalesce(ends_on, expected_end_on, 'infinity') >= (SELECT day FROM today)
    ORDER BY young_person_id, starts_on DESC, number DESC, line DESC
)
SELECT m.campaign, m.young_person_id, m.establishment, m.year_group,
    CASE WHEN e.starts_on <= make_date(m.campaign, 10, 31) OR o.accepted OR o.made THEN 'OFFER_MADE'
        WHEN m.year_group = 12 AND m.continuing THEN 'OFFER_MADE'
        WHEN c.code IN ('110', '114', '115') THEN 'OFFER_MADE'
        WHEN c.code IN ('120', '122', '123', '124') THEN 'NOT_APPROPRIATE'
        WHEN o.latest = 'declined' THEN 'OFFER_MADE'
        WHEN o.latest = 'withdrawn' OR c.code IS NOT NULL THEN 'NO_OFFER'
        ELSE 'NOT_RECORDED' END AS outcome,
    CASE WHEN d.activity_code BETWEEN 610 AND 619 THEN 'NEET_AVAILABLE'
        WHEN d.activity_code BETWEEN 620 AND 699 THEN 'NEET_NOT_AVAILABLE'
        WHEN d.activity_code IN (260, 330, 340, 350, 360, 380, 530) THEN 'EET_NOT_PARTICIPATING'
        WHEN d.activity_code IS NOT NULL THEN 'PARTICIPATING'
        WHEN m.kind = 'school' AND (SELECT day FROM today) <= make_date(m.campaign, 8, 31) THEN 'PARTICIPATING'
        ELSE 'NOT_KNOWN' END AS participation
FROM member AS m
LEFT JOIN enrolled AS e USING (young_person_id)
LEFT JOIN offered AS o USING (young_person_id, campaign)
LEFT JOIN coded AS c USING (young_person_id, campaign)
LEFT JOIN doing AS d USING (young_person_id)
WHERE m.leaving IS NULL;

-- name: nightly_answers
-- What the recompute says of everybody in a campaign.
SELECT young_person_id, outcome, participation FROM nightly.answer WHERE campaign = $1 ORDER BY young_person_id;
