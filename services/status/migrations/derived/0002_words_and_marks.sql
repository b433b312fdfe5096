-- A case is lines of text, each what one piece says, and of what was last told only the marks are held.

ALTER TABLE person_case ADD COLUMN lines text NOT NULL DEFAULT '';

UPDATE person_case SET lines = (
    SELECT string_agg(
        format('%s %s %s %s %s %s', one.value -> 0 ->> 0, one.value -> 0 ->> 1, one.value ->> 1,
            coalesce(one.value -> 3 ->> 'version', '0'),
            replace(one.value ->> 2, 'Z', '+00:00'), CASE WHEN json_typeof(one.value -> 3) = 'object' THEN (
                SELECT json_object_agg(field.key, field.value)::text
                FROM json_each(one.value -> 3) AS field
                WHERE field.value::text NOT IN ('null', '[]', '""')
                    AND field.key NOT IN ('event_id', 'recorded_at', 'young_person_id', 'said', 'type', 'version')
                    AND (field.key, field.value::text) NOT IN (
                        ('sex', '"unknown"'), ('believed', 'false'), ('speaks', 'true'), ('bars', 'false'),
                        ('offer_type', '"education"'))) END),
        E'\n' ORDER BY one.place)
    FROM json_array_elements(evidence) WITH ORDINALITY AS one (value, place));

ALTER TABLE person_case DROP COLUMN evidence;
ALTER TABLE person_case RENAME COLUMN lines TO evidence;
ALTER TABLE person_case ALTER COLUMN evidence DROP DEFAULT;
ALTER TABLE person_case ALTER COLUMN evidence SET STORAGE EXTERNAL;
COMMENT ON COLUMN person_case.evidence IS
    'Every version of every piece of evidence, a line each: the case, which is the truth of the rest.';

ALTER TABLE person_case ADD COLUMN told json NOT NULL DEFAULT '{}';
ALTER TABLE person_case ADD COLUMN asks text NOT NULL DEFAULT '';
ALTER TABLE person_case DROP COLUMN facets;
COMMENT ON COLUMN person_case.told IS
    'The mark of each facet as last told: another one is told. Without marks everything is told again, which is harmless.';
COMMENT ON COLUMN person_case.asks IS 'The mark of on whose return they hang, as kept in asks.';

-- A case is written with every piece that comes: as one row that nothing packs, and no index but its own moves with it.
ALTER TABLE person_case ALTER COLUMN told SET STORAGE EXTERNAL;
ALTER TABLE person_case SET (toast_tuple_target = 8160);

CREATE TABLE follows (
    partition smallint NOT NULL DEFAULT current_setting('bus.partition')::smallint,
    campaign integer NOT NULL,
    young_person_id text NOT NULL,
    PRIMARY KEY (partition, campaign, young_person_id)
);
COMMENT ON TABLE follows IS 'Of whom anything is held for a campaign.';

INSERT INTO follows (partition, campaign, young_person_id)
SELECT partition, unnest(campaigns), young_person_id FROM person_case;

DROP INDEX person_case_of_campaign;
ALTER TABLE person_case DROP COLUMN campaigns;
