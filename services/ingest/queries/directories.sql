-- name: directory_version
-- The last act that changed a directory.
SELECT coalesce(max(greatest(number, withdrawn_by)), 0) FROM submission
WHERE feed = $1 AND state IN ('accepted', 'withdrawn');

-- name: directory
-- What stands of a directory: of each key the row accepted last.
SELECT row, content FROM (
    SELECT DISTINCT ON (d.key) d.number, d.row, d.content FROM directory_row AS d JOIN submission AS s USING (number)
    WHERE d.feed = $1 AND s.state = 'accepted' ORDER BY d.key, d.number DESC, d.row DESC) AS standing
ORDER BY number, row;

-- name: directory_about
-- The same of some of what it is about.
SELECT row, content FROM (
    SELECT DISTINCT ON (d.key) d.number, d.row, d.content FROM directory_row AS d JOIN submission AS s USING (number)
    WHERE d.feed = $1 AND d.about = ANY ($2) AND s.state = 'accepted' ORDER BY d.key, d.number DESC, d.row DESC
) AS standing
ORDER BY number, row;

-- name: directory_of_submission
-- The rows of one submission.
SELECT row, content FROM directory_row WHERE number = $1 ORDER BY row;

-- name: rows_of_no_known_provider
-- Standing, matched rows that name a provider or employer whom no establishment was.
SELECT number, row FROM sent_row
WHERE starts_with(provider, '~') AND stands AND young_person_id IS NOT NULL ORDER BY number, row;

-- name: rows_of_providers
-- Standing, matched rows that name one of these establishments.
SELECT number, row FROM sent_row
WHERE provider = ANY ($1) AND NOT starts_with(provider, '~') AND stands AND young_person_id IS NOT NULL
ORDER BY number, row;

-- name: rows_of_senders
-- Standing, matched rows of the rolls and enrolments of these senders: what they say depends on the kind of the sender.
SELECT r.number, r.row FROM sent_row AS r JOIN submission AS s USING (number)
WHERE s.sender = ANY ($1) AND s.feed IN ('cohort', 'enrolments') AND r.stands AND r.young_person_id IS NOT NULL
ORDER BY r.number, r.row;

-- name: rows_at_postcodes
-- Standing, matched cohort rows with one of these postcodes.
SELECT number, row FROM sent_row
WHERE cohort AND postcode = ANY ($1) AND stands AND young_person_id IS NOT NULL ORDER BY number, row;

-- name: directory_said_last
-- What a sender's last standing submission of a directory, before this one, said under which key.
SELECT key, content FROM directory_row WHERE number = (
    SELECT max(s.number) FROM submission AS s
    WHERE s.sender = $1 AND s.feed = $2 AND s.state = 'accepted' AND s.number < $3)
ORDER BY row;
