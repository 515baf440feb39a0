-- How an import came about and ended; imports of earlier versions have neither.
ALTER TABLE import ADD COLUMN id TEXT;
ALTER TABLE import ADD COLUMN about TEXT;    -- JSON, quotes no row
CREATE UNIQUE INDEX import_by_id ON import (id) WHERE id IS NOT NULL;

-- What is known of each source of feeds: when it was looked at, what it said of its version.
CREATE TABLE feed (
    name        TEXT    PRIMARY KEY,
    state       TEXT    NOT NULL             -- JSON, quotes no row
) WITHOUT ROWID;
