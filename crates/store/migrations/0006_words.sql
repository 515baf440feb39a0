-- What somebody wrote at the end of a questionnaire, in their own words; what gave a person away is
-- masked before it comes here. No row: nothing was written, or it was taken back.
CREATE TABLE survey_words (
    survey_id   TEXT    PRIMARY KEY,
    shopper_id  INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    at          INTEGER NOT NULL -- milliseconds since 1970
) WITHOUT ROWID;
CREATE INDEX survey_words_of_shopper ON survey_words (shopper_id);
