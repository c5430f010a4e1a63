-- How many times an interpreter gave the call to a colleague.
ALTER TABLE calls ADD COLUMN transfers INTEGER NOT NULL DEFAULT 0;
