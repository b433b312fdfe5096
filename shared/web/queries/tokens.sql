-- name: token_by_hash
-- The token in force whose secret has this hash.
SELECT token_id, role, establishments FROM web.token WHERE secret_hash = $1 AND revoked_at IS NULL;

-- name: issue_token
-- A new token; of its secret only the hash. Says when.
INSERT INTO web.token (token_id, role, establishments, secret_hash, issued_by) VALUES ($1, $2, $3, $4, $5)
RETURNING issued_at;

-- name: revoke_token
-- Ends a token at once; says when it ended, which may have been before.
UPDATE web.token SET revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE token_id = $1 RETURNING revoked_at;

-- name: begin_act
-- Says the act's id where it is new.
INSERT INTO web.act (act_id, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING act_id;

-- name: act_led_to
-- What an act made.
UPDATE web.act SET led_to = $2 WHERE act_id = $1;

-- name: act_done
-- What was asked under an act's id, and the token that it made.
SELECT request_hash, led_to, issued_at FROM web.act LEFT JOIN web.token ON token_id = led_to WHERE act_id = $1;
