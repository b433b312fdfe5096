-- name: enter_submission
-- A submission as it was sent.
INSERT INTO submission (submission_id, feed, provider, campaign_given, is_full) VALUES ($1, $2, $3, $4, $5);

-- name: keep_file
-- The bytes as they came; whoever reads files hears of it.
WITH kept AS (INSERT INTO submission_file (submission_id, content) VALUES ($1, $2))
SELECT pg_notify('submission', '');

-- name: next_checking
-- The submission that was sent first of those without a verdict.
SELECT submission_id, feed, provider, campaign_given FROM submission
WHERE state = 'checking' ORDER BY sent_order LIMIT 1;

-- name: file_of
-- The bytes of a submission.
SELECT content FROM submission_file WHERE submission_id = $1;

-- name: is_checking
-- Whether a submission still waits for its verdict; it cannot get one from anybody else before this ends.
SELECT true FROM submission WHERE submission_id = $1 AND state = 'checking' FOR UPDATE;

-- name: refuse
-- Nothing of the file is taken.
UPDATE submission SET state = 'refused', rows = $2, accepted = $3, unchanged = $4, unmatched = $5, rejected = $6,
    problems = $7, notes = $8
WHERE submission_id = $1;

-- name: accept
-- The submission stands, with its place in the order.
UPDATE submission SET state = 'accepted', number = $2, sender = $3, kind = $4, campaign = $5, sent_on = $6
WHERE submission_id = $1;

-- name: give_verdict
-- When it was recorded, and what is said to its sender.
UPDATE submission SET recorded_at = $2, rows = $3, accepted = $4, unchanged = $5, unmatched = $6, rejected = $7,
    problems = $8, notes = $9
WHERE submission_id = $1;

-- name: earliest_return
-- The day of the earliest standing return of a sender's feed for a campaign.
SELECT min(sent_on) FROM submission WHERE sender = $1 AND feed = $2 AND campaign = $3 AND state = 'accepted';
