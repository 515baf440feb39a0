-- Names of people who were erased, as hashes under a key of this shop: a file that is imported
-- again must not bring them back, and the list must not say who they were.
CREATE TABLE erased_name (
    hash        BLOB    PRIMARY KEY, -- half of HMAC-SHA-256
    at          INTEGER NOT NULL     -- milliseconds since 1970: when they were erased last
) WITHOUT ROWID;
CREATE TABLE erased_name_key (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    key         BLOB    NOT NULL
);
INSERT INTO erased_name_key VALUES (1, randomblob(32));
