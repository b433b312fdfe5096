-- name: add_reasons
-- Keeps those of these reasons that were never met before.
INSERT INTO reason (decision_table, version, row_code, facts, because)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (t, v, r, f, b)
WHERE NOT EXISTS (
    SELECT FROM reason
    WHERE (decision_table, version, row_code, facts, because) = (given.t, given.v, given.r, given.f, given.b))
ORDER BY 1, 2, 3, 4, 5
ON CONFLICT DO NOTHING;

-- name: reason_ids
-- The numbers of these reasons, in their order, and whether they will be there whatever becomes of this transaction.
SELECT reason.id, reason.xmin <> pg_current_xact_id()::xid AS lasts
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS given (t, v, r, f, b, place)
JOIN reason ON (decision_table, version, row_code, facts, because) = (given.t, given.v, given.r, given.f, given.b)
ORDER BY given.place;

-- name: timelines_by_fingerprint
-- Which of these timelines are kept, the oldest of the same last, and whether they will be there whatever becomes of
-- this transaction.
SELECT id, fingerprint, xmin <> pg_current_xact_id()::xid AS lasts
FROM timeline WHERE fingerprint = ANY ($1::bytea[]) ORDER BY id DESC;

-- name: timelines_by_number
-- What was said under these numbers.
SELECT id, facet, said, xmin <> pg_current_xact_id()::xid AS lasts
FROM timeline WHERE id = ANY ($1::integer[]) ORDER BY id;

-- name: add_timelines
-- Keeps these timelines.
INSERT INTO timeline (facet, fingerprint, said)
SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[]) RETURNING id, fingerprint;

-- name: membership_spans
-- What these timelines of membership say of each day.
SELECT timeline, from_on, to_on, year_group, establishment, frozen, frozen_establishment, live, gone
FROM membership WHERE timeline = ANY ($1::integer[]) ORDER BY timeline, from_on;

-- name: outcome_spans
-- What these timelines of outcome say of each day.
SELECT timeline, from_on, to_on, outcome, reason
FROM outcome WHERE timeline = ANY ($1::integer[]) ORDER BY timeline, from_on;

-- name: participation_spans
-- What these timelines of participation say of each day.
SELECT timeline, from_on, to_on, participation, activity_code, confirmed, lapses_on, reason
FROM participation WHERE timeline = ANY ($1::integer[]) ORDER BY timeline, from_on;

-- name: need_spans
-- What these timelines of need say of each day.
SELECT timeline, from_on, to_on, need_row, reason
FROM need WHERE timeline = ANY ($1::integer[]) ORDER BY timeline, from_on;

-- name: dimensions_spans
-- What these timelines of dimensions say of each day.
SELECT timeline, from_on, to_on, district, sex, ethnicity, send, vulnerable
FROM dimensions WHERE timeline = ANY ($1::integer[]) ORDER BY timeline, from_on;
