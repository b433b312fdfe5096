-- name: day_said
-- The last business date that everyone was told of.
SELECT day FROM day_said;

-- name: say_day
-- Everyone is told of this day.
INSERT INTO day_said (day) VALUES ($1) ON CONFLICT (single) DO UPDATE SET day = excluded.day;

-- name: present_clock
-- Whether the clock is simulated, and its day.
SELECT simulated, bus.today() AS business_date FROM bus.clock;

-- name: any_checking
-- Whether any submission waits for its verdict.
SELECT EXISTS (SELECT FROM submission WHERE state = 'checking');
