-- name: ready
-- Whose tables these are, and the business date of the partition in hand, null before its first day. From here on
-- rows are found by their keys, however few there were when a plan was made, and no statement is planned twice.
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) AS database, current_schema() AS schema,
    (SELECT today FROM day WHERE partition = current_setting('bus.partition')::smallint) AS today,
    set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true);

-- name: load_known
-- What is known of these people of the partition in hand.
SELECT young_person_id, campaign, membership, outcome, participation, need, dimensions, known_from
FROM known WHERE partition = current_setting('bus.partition')::smallint AND young_person_id = ANY ($1::text[])
ORDER BY young_person_id, campaign;

-- name: keep_known
-- Puts what is known now in place of what was, and keeps that, where it was known for any time.
WITH moved AS (
    INSERT INTO known (young_person_id, campaign, membership, outcome, participation, need, dimensions, known_from,
        caused_by, cause)
    SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[],
        $7::integer[], $8::timestamptz[], $9::uuid[], $10::text[])
    ON CONFLICT (partition, young_person_id, campaign) DO UPDATE SET
        membership = excluded.membership, outcome = excluded.outcome, participation = excluded.participation,
        need = excluded.need, dimensions = excluded.dimensions, known_from = excluded.known_from,
        caused_by = excluded.caused_by, cause = excluded.cause
    RETURNING old.young_person_id, old.campaign, old.membership, old.outcome, old.participation, old.need,
        old.dimensions, old.known_from, old.caused_by, old.cause, new.known_from AS known_to
)
INSERT INTO known_before (young_person_id, campaign, membership, outcome, participation, need, dimensions, known_from,
    caused_by, cause, known_to)
SELECT * FROM moved WHERE known_from < known_to;
