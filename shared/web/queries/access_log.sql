-- name: log_access
-- One line of the access log.
INSERT INTO web.access_log (account_id, role, young_person_id, what) VALUES ($1, $2, $3, $4);
