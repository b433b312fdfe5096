-- name: park
-- From this number on nothing of this person is applied at this reader.
INSERT INTO bus.parked (reader, young_person_id, lane, partition, from_seq, code, because)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING;

-- name: count_parked
-- How many people are parked at this reader.
SELECT count(DISTINCT young_person_id) FROM bus.parked WHERE reader = $1;

-- name: keep_dead_letter
-- A message that could not be made out, kept as it came; the same one again is counted.
INSERT INTO bus.dead_letter (reader, topic, partition, code, because, message, fingerprint)
VALUES ($1, $2, $3, $4, $5, $6, sha256($6))
ON CONFLICT (reader, topic, partition, fingerprint) DO UPDATE SET count = bus.dead_letter.count + 1;

-- name: count_dead_letters
-- How many different messages wait for somebody at this reader.
SELECT count(*) FROM bus.dead_letter WHERE reader = $1;
