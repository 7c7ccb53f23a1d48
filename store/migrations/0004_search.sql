-- Cards are searched in an index that holds what is searched, by deck, so that the
-- pages of one person's cards lie beside each other; and what is done to many cards at
-- once is noted until it is taken back.

-- +goose Up
CREATE INDEX cards_found ON cards (deck_id, id, note_id, ordinal, created, folded);
INSERT INTO chores (kind, begun, user_id, item_id, day) SELECT 'sides', 0, 0, 0, 0 WHERE EXISTS (SELECT 1 FROM cards);

CREATE TABLE bulk_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL, -- of the form: the same key twice is one act
  kind TEXT NOT NULL, -- move, tag, untag, suspend, unsuspend, bury, flag or delete
  value TEXT NOT NULL, -- a deck's id, a tag, a colour
  said TEXT NOT NULL, -- the deck's name as it was then, the tag, the colour
  state TEXT NOT NULL, -- staged, doing, done, undoing or undone
  at INTEGER NOT NULL,
  items INTEGER NOT NULL, -- that it was asked of
  UNIQUE (user_id, key)
);

CREATE TABLE bulk_items (
  act_id INTEGER NOT NULL REFERENCES bulk_acts (id),
  item_id INTEGER NOT NULL, -- a card, or for tags a note
  state INTEGER NOT NULL, -- 0 to be done, 1 done, 2 left as it was, 3 taken back, 4 changed since and left
  before TEXT NOT NULL, -- what has to be put back
  event INTEGER, -- of the log, that it was
  PRIMARY KEY (act_id, item_id)
) WITHOUT ROWID;
CREATE INDEX bulk_items_event ON bulk_items (event) WHERE event IS NOT NULL;
