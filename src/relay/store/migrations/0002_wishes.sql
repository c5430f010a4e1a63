-- What visitors may wish for, and whether they understood.

-- 'woman', 'man', or NULL: not said.
ALTER TABLE interpreters ADD COLUMN gender TEXT;
-- Gone when the call is over: it matters to nobody then.
ALTER TABLE calls ADD COLUMN wished TEXT;
-- The visitor writes and does not sign.
ALTER TABLE calls ADD COLUMN text_only INTEGER NOT NULL DEFAULT 0;

-- Sums alone: an answer belongs to no call, no kiosk and no person.
CREATE TABLE understood (
    answer TEXT PRIMARY KEY,
    count  INTEGER NOT NULL
) STRICT;
