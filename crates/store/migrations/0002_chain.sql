-- The audit chain: what was answered cannot be altered, left out or slipped in afterwards without
-- breaking a link. Outlives the answers, so that an erasure leaves it whole.

-- One random salt per answer. It goes with the answer, and without it a commitment tells nothing.
-- Null for answers recorded before there was a chain.
ALTER TABLE answer ADD COLUMN salt BLOB;

CREATE TABLE chain (
    answer_id   BLOB PRIMARY KEY, -- id of the answer; its time tells the day
    commitment  BLOB NOT NULL,    -- SHA-256 of salt and answer
    link        BLOB NOT NULL,    -- SHA-256 of the link before, the day and the commitment
    erased_by   BLOB              -- tombstone of the erasure that removed the answer
) WITHOUT ROWID;
