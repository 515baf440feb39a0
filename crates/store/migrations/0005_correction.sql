-- What shoppers put right, append-only: what was taken back is told by a later row, so that the
-- corrections that held are known as of any id.
CREATE TABLE correction (
    shopper_id  INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    body        TEXT,             -- JSON; null where the row takes another one back
    takes_back  BLOB,             -- id of that one
    PRIMARY KEY (shopper_id, id)
) WITHOUT ROWID;
