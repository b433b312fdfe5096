-- name: control_fingerprint
-- Differs whenever a control fact has been added: the same one means the same facts.
SELECT (SELECT concat(count(*), ' ', sum(hashtextextended(e::text, 0))) FROM expected AS e)
    || (SELECT concat(' ', count(*), ' ', sum(hashtextextended(r::text, 0))) FROM returned AS r)
    || (SELECT concat(' ', count(*), ' ', sum(hashtextextended(f::text, 0))) FROM frozen_cohort AS f);

-- name: expectations
-- What is expected of whom, in the order in which it became known.
SELECT provider, feed, campaign, known_from, due_on FROM expected ORDER BY known_from, provider, feed, campaign;

-- name: returns
-- Each provider's earliest standing return, in the order in which it became known.
SELECT provider, feed, campaign, known_from, returned_on FROM returned ORDER BY known_from, provider, feed, campaign;

-- name: freezes
-- Which campaigns are frozen, since when.
SELECT campaign, number, known_from FROM frozen_cohort ORDER BY campaign;

-- name: add_expectations
-- Notes what is expected from a moment on; the twelve partitions note the same.
INSERT INTO expected (provider, feed, campaign, known_from, due_on)
SELECT provider, feed, campaign, $5::timestamptz, due_on
FROM unnest($1::text[], $2::text[], $3::integer[], $4::date[]) AS one (provider, feed, campaign, due_on)
ORDER BY provider, feed, campaign
ON CONFLICT DO NOTHING;

-- name: add_return
-- Notes a provider's earliest standing return from a moment on, and answers the day that stood before.
WITH before AS (
    SELECT returned_on FROM returned
    WHERE provider = $1 AND feed = $2 AND campaign = $3 AND known_from < $4
    ORDER BY known_from DESC LIMIT 1),
added AS (
    INSERT INTO returned (provider, feed, campaign, known_from, returned_on) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING)
SELECT (SELECT returned_on FROM before);

-- name: add_freeze
-- Notes that a campaign is frozen.
INSERT INTO frozen_cohort (campaign, number, known_from) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
