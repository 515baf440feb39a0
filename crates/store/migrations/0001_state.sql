-- The state of one shop. Ids are 16-byte ULIDs, big end first, so that byte order is time order.

-- One row: the greatest ids made so far, and how much there is. Read and written inside every
-- writing transaction, so that ids rise across processes and counts need no scan.
CREATE TABLE ledger (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    newest      BLOB    NOT NULL, -- greatest id of the shop's data
    last_made   BLOB    NOT NULL, -- greatest id made at all, answers included
    n_events    INTEGER NOT NULL,
    n_shoppers  INTEGER NOT NULL,
    n_items     INTEGER NOT NULL,
    n_reviews   INTEGER NOT NULL,
    unwiped     INTEGER NOT NULL  -- 1: somebody was erased and their bytes may still be on disk
);
INSERT INTO ledger VALUES (1, zeroblob(16), zeroblob(16), 0, 0, 0, 0, 0);

-- The only link to a person.
CREATE TABLE subject (
    ext_id      TEXT    PRIMARY KEY,
    shopper_id  INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;

-- Clustered by shopper and time: a history is one contiguous read.
CREATE TABLE event (
    shopper_id  INTEGER NOT NULL,
    ts          INTEGER NOT NULL, -- milliseconds since 1970, or an ordinal (`EventTime::key`)
    id          BLOB    NOT NULL,
    kind        INTEGER NOT NULL, -- `EventKind::code`
    item_id     TEXT    NOT NULL,
    quantity    INTEGER NOT NULL,
    price       INTEGER,          -- minor units
    currency    TEXT,
    session     TEXT,
    request_id  TEXT,
    region      TEXT,
    device      TEXT,
    zone        INTEGER,          -- minutes ahead of UTC
    PRIMARY KEY (shopper_id, ts, id)
) WITHOUT ROWID;

-- What makes a retry the same event: half a SHA-256 of the source key. Apart from `event`, since a
-- unique index there would hold the same columns and the hash would lie in the row as well.
CREATE TABLE event_key (
    shopper_id  INTEGER NOT NULL,
    key         BLOB    NOT NULL,
    ts          INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    PRIMARY KEY (shopper_id, key)
) WITHOUT ROWID;

-- `seq` rises with `id`: one writer makes both.
CREATE TABLE review (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL,
    shopper_id  INTEGER NOT NULL,
    key         BLOB    NOT NULL,
    item_id     TEXT    NOT NULL,
    ts          INTEGER NOT NULL,
    rating      INTEGER,          -- tenths of a star
    title       TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    UNIQUE (shopper_id, key)
);
CREATE INDEX review_of_item ON review (item_id, id);

-- Append-only: a price or a title is known as of any id.
CREATE TABLE item_version (
    seq         INTEGER PRIMARY KEY,
    item_id     TEXT    NOT NULL,
    version     BLOB    NOT NULL,
    body        TEXT,             -- JSON; null says that the item was deleted
    UNIQUE (item_id, version)
);

CREATE TABLE preference (
    shopper_id  INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    body        TEXT    NOT NULL, -- JSON
    PRIMARY KEY (shopper_id, id)
) WITHOUT ROWID;

CREATE TABLE answer (
    seq           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE,
    request_id    TEXT NOT NULL UNIQUE,
    shopper_id    INTEGER,
    as_of         BLOB NOT NULL,
    model_version TEXT NOT NULL,
    payload       TEXT NOT NULL   -- JSON
);
CREATE INDEX answer_of_shopper ON answer (shopper_id) WHERE shopper_id IS NOT NULL;

CREATE TABLE remembered (
    key         TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    response    TEXT NOT NULL,
    expires     INTEGER NOT NULL  -- milliseconds since 1970
);
CREATE INDEX remembered_until ON remembered (expires);
CREATE TABLE remembered_of (
    shopper_id  INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    PRIMARY KEY (shopper_id, key)
) WITHOUT ROWID;
CREATE INDEX remembered_of_key ON remembered_of (key);

-- Tombstones: that somebody was erased, never who.
CREATE TABLE erasure (id BLOB PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE import (
    seq         INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL, -- milliseconds since 1970
    source      TEXT    NOT NULL,
    report      TEXT    NOT NULL, -- JSON, counts only
    rejects     TEXT              -- JSON, may quote rows; dropped by every erasure
);
