-- Lines of orders that were bought, whoever told of them: a purchase that the shop's order list and its
-- tags both send counts once. The key is the hash of order and item; naming says how the source names
-- people, since two names of one source are two people whose orders have the same number.
CREATE TABLE bought_order (
    key BLOB PRIMARY KEY,
    naming INTEGER NOT NULL,
    shopper_id INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    id BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX bought_order_shopper ON bought_order (shopper_id);

-- Addresses of people by any case: mail knows no difference, and neither do shops.
CREATE INDEX subject_address ON subject (ext_id COLLATE NOCASE) WHERE instr(ext_id, '@') > 0;
