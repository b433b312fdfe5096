-- What time it is, whose journal this is, and which generation of its derived tables a service answers from.

CREATE TABLE bus.clock (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    simulated boolean NOT NULL,
    business_date date,
    CHECK (simulated = (business_date IS NOT NULL))
);

CREATE TABLE bus.lineage (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    nonce uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO bus.lineage DEFAULT VALUES;

CREATE TABLE bus.generation (
    service text PRIMARY KEY,
    n integer NOT NULL DEFAULT 1
);
INSERT INTO bus.generation (service) VALUES ('ingest'), ('status'), ('outreach'), ('reporting'), ('web');

CREATE FUNCTION bus.today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN simulated THEN business_date ELSE (clock_timestamp() AT TIME ZONE 'Europe/London')::date END
    FROM bus.clock
$$;
COMMENT ON FUNCTION bus.today() IS 'The business date.';

CREATE FUNCTION bus.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN simulated THEN business_date::timestamp AT TIME ZONE 'Europe/London' ELSE clock_timestamp() END
    FROM bus.clock
$$;
COMMENT ON FUNCTION bus.now() IS 'The moment from which stamps are made: a simulated day stands at its start.';

CREATE FUNCTION bus.advance(to_day date) RETURNS date LANGUAGE plpgsql SECURITY DEFINER SET search_path = bus, pg_temp AS $$
DECLARE
    present clock;
BEGIN
    SELECT * INTO STRICT present FROM clock FOR UPDATE;
    IF NOT present.simulated THEN
        RAISE EXCEPTION 'The clock is real: it moves by itself.' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF to_day < present.business_date THEN
        RAISE EXCEPTION 'The business date is %; it never goes back.', present.business_date
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE clock SET business_date = to_day;
    RETURN to_day;
END
$$;
COMMENT ON FUNCTION bus.advance(date) IS 'Moves a simulated business date on.';

CREATE FUNCTION bus.lineage_text() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT system_identifier || '/' || timeline_id || '/' || nonce
    FROM pg_control_system(), pg_control_checkpoint(), bus.lineage
$$;
COMMENT ON FUNCTION bus.lineage_text() IS 'Whose journal this is: changes by itself with the server, by restore with the nonce.';

CREATE FUNCTION bus.look_as(service text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    generation integer;
BEGIN
    SELECT g.n INTO STRICT generation FROM bus.generation AS g WHERE g.service = look_as.service;
    PERFORM set_config('search_path', format('%I, %I, bus', service || '_g' || generation, service), true);
    RETURN generation;
END
$$;
COMMENT ON FUNCTION bus.look_as(text) IS 'For the rest of the transaction a service''s tables, of its present generation.';

CREATE FUNCTION bus.work_as(service text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('bus.generation'), hashtext(service));
    RETURN bus.look_as(service);
END
$$;
COMMENT ON FUNCTION bus.work_as(text) IS 'As look_as, and holds the generation still until the transaction ends: for those who write.';
