-- What is observed of shoppers beside their events, and what was decided because of it.

-- One row per thing said or seen. `detail` is JSON of numbers and ids, and names no other shopper.
CREATE TABLE feedback (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE,
    shopper_id  INTEGER,          -- null: a visitor without a name
    at          INTEGER NOT NULL, -- milliseconds since 1970
    kind        INTEGER NOT NULL, -- `FeedbackKind::code`
    request_id  TEXT,
    item_id     TEXT,
    reason_id   TEXT,
    detail      TEXT    NOT NULL,
    key         BLOB    NOT NULL UNIQUE -- half a SHA-256 of what makes a repeat the same
);
CREATE INDEX feedback_of_shopper ON feedback (shopper_id, id) WHERE shopper_id IS NOT NULL;

-- A questionnaire put to somebody; the answers come one by one and may stay incomplete.
CREATE TABLE survey (
    survey_id   TEXT    PRIMARY KEY,
    shopper_id  INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    at          INTEGER NOT NULL, -- milliseconds since 1970
    body        TEXT    NOT NULL  -- JSON: version, language, items, variants, segment
) WITHOUT ROWID;
CREATE INDEX survey_of_shopper ON survey (shopper_id, at);
CREATE TABLE survey_answer (
    survey_id   TEXT    NOT NULL,
    item        TEXT    NOT NULL,
    shopper_id  INTEGER NOT NULL,
    value       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (survey_id, item)
) WITHOUT ROWID;
CREATE INDEX survey_answer_of_shopper ON survey_answer (shopper_id);

-- Who got which variant: the first one stays.
CREATE TABLE assignment (
    shopper_id  INTEGER NOT NULL,
    experiment  TEXT    NOT NULL,
    variant     TEXT    NOT NULL,
    id          BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (shopper_id, experiment)
) WITHOUT ROWID;

-- Append-only: experiments, learned policies, promotions, rollbacks, and why. Names no shopper.
CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE,
    at          INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    body        TEXT    NOT NULL  -- JSON
);
CREATE INDEX journal_of_kind ON journal (kind, seq);
