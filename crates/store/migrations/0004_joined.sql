-- Visitors found to be a person: from `id` on the visitor's rows are the person's too. The rows stay
-- where they lie, so that whatever was counted before can be counted again.
CREATE TABLE joined (
    visitor_id  INTEGER PRIMARY KEY,
    shopper_id  INTEGER NOT NULL, -- the person
    id          BLOB    NOT NULL
);
CREATE INDEX joined_of_shopper ON joined (shopper_id, id);
