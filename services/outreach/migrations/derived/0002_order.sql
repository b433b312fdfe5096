-- An entry says where it stands in the queue and until when, with all that bears on it: nobody looks for it again.

ALTER TABLE entry
    ADD COLUMN until date NOT NULL DEFAULT 'infinity',
    ADD COLUMN reachable boolean NOT NULL DEFAULT false,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN last_attempt_on date,
    ADD COLUMN next_contact_on date,
    ADD COLUMN rests_until date,
    ADD COLUMN points integer NOT NULL DEFAULT 0,
    ADD COLUMN changes_on date NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN entry.until IS 'The first day on which one of the needs that made it has ended.';
COMMENT ON COLUMN entry.reachable IS 'Whether a row of their details that stands has a number or an address to reach them.';
COMMENT ON COLUMN entry.attempts IS 'How often somebody tried to reach them; this and the three dates are what attempts give.';
COMMENT ON COLUMN entry.points IS 'Their points but for what the calendar gives to all of a campaign alike.';
COMMENT ON COLUMN entry.changes_on IS 'The first day on which this may be otherwise although nothing happens.';

UPDATE entry AS e SET until = n.until
FROM (
    SELECT n.young_person_id, min(n.to_on) AS until
    FROM need AS n JOIN day AS d ON d.partition = n.partition AND n.from_on <= d.today AND n.to_on > d.today
    GROUP BY n.young_person_id) AS n
WHERE n.young_person_id = e.young_person_id;

ALTER TABLE day ADD COLUMN points text NOT NULL DEFAULT '';
COMMENT ON COLUMN day.points IS 'The fingerprint of the table of points by which the entries stand in order.';

CREATE INDEX entry_changes ON entry (partition, changes_on);
CREATE INDEX entry_order ON entry (campaign, (-points), waiting_since, length(young_person_id), young_person_id);
DROP INDEX need_ends;
