-- name: take_turn
-- Acts are done one at a time: this waits for its turn and holds it until the transaction ends. What an act asks is found
-- by index, for one row and for 25,000, however many people are known and whatever the statistics say of them.
SELECT set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
    set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true),
    set_config('random_page_cost', '1.1', true), pg_advisory_xact_lock(hashtext('waymark.ingest.act'));

-- name: begin_act
-- A new act takes the next number.
INSERT INTO act (kind) VALUES ($1) RETURNING number;

-- name: finish_act
-- The moment of an act: the journal's, or one of its own where nothing was said, later than that of every act before it.
UPDATE act SET recorded_at = coalesce($2, (
    SELECT greatest(bus.now(), max(before.recorded_at) + interval '1 microsecond') FROM act AS before))
WHERE number = $1 RETURNING recorded_at;

-- name: was_asked
-- What came of an earlier request under this key.
SELECT request_hash, result FROM asked WHERE act_id = $1;

-- name: remember_asked
-- Keeps what came of a request.
INSERT INTO asked (act_id, request_hash, result) VALUES ($1, $2, $3);

-- name: act_reached
-- The last act that was recorded by a moment; 0 before the first.
SELECT coalesce(max(number), 0) FROM act WHERE recorded_at <= $1;

-- name: next_numbers
-- Numbers of the one order, for what is said outside an act.
SELECT nextval('act_number') FROM generate_series(1, $1);

-- name: is_our_turn
-- Whether this connection is the one whose process checks submissions; it stays so until it is closed.
SELECT pg_try_advisory_lock(hashtext('waymark.ingest.worker'));

-- name: give_up_turn
-- Another process may check submissions now.
SELECT pg_advisory_unlock_all();
