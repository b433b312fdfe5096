-- name: token_by_hash
-- The token in force whose secret has this hash.
SELECT token_id, role, establishments FROM web.token WHERE secret_hash = $1 AND revoked_at IS NULL;

-- name: issue_token
-- A new token; of its secret only the hash.
INSERT INTO web.token (token_id, role, establishments, secret_hash, issued_by) VALUES ($1, $2, $3, $4, $5);

-- name: revoke_token
-- Ends a token at once; says its id whether or not it had ended before.
UPDATE web.token SET revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE token_id = $1 RETURNING token_id;

-- name: begin_act
-- Says the act's id where it is new.
INSERT INTO web.act (act_id, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING act_id;

-- name: act_led_to
-- What an act made.
UPDATE web.act SET led_to = $2 WHERE act_id = $1;

-- name: act_done
-- What was asked under an act's id, and what it made.
SELECT request_hash, led_to FROM web.act WHERE act_id = $1;
