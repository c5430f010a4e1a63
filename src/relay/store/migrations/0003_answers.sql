-- Visitors are asked more than one thing.

-- Sums alone: an answer belongs to no call, no kiosk and no person.
CREATE TABLE answers (
    question TEXT NOT NULL,
    face     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (question, face)
) STRICT;
INSERT INTO answers SELECT 'understood', answer, count FROM understood;
DROP TABLE understood;
