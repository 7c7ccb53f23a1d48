-- The typed review, and help with what is forgotten again and again.

-- +goose Up
ALTER TABLE enrolments ADD COLUMN typed INTEGER NOT NULL DEFAULT 0; -- the review is answered by typing

-- What one user keeps with a card.
CREATE TABLE card_aids (
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  typed TEXT NOT NULL, -- yes or no, '' for as the deck is
  mnemonic TEXT NOT NULL, -- plain text, shown with the answer
  left_at INTEGER NOT NULL, -- lapses at which the card was left as it is, 0 for never
  PRIMARY KEY (user_id, card_id)
) WITHOUT ROWID;
CREATE INDEX card_aids_card ON card_aids (card_id);

-- What was done to help with a card, so that it can be taken back.
CREATE TABLE help_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  key TEXT NOT NULL, -- of the form: the same key twice is one act
  kind TEXT NOT NULL, -- split, context, contrast, mnemonic, until or leave
  before TEXT NOT NULL, -- JSON: what has to be put back
  at INTEGER NOT NULL,
  undone INTEGER NOT NULL,
  UNIQUE (user_id, key)
);
CREATE INDEX help_acts_card ON help_acts (card_id, user_id);

-- Pairs that are taken for one another: an answer to one card that is that of another.
CREATE INDEX answers_given_confused ON answers_given (user_id, card_id, belongs) WHERE belongs > 0 AND overridden = 0;
CREATE VIEW confusions AS SELECT user_id, card_id, belongs AS other_id, count(*) AS times, max(at) AS last
  FROM answers_given WHERE belongs > 0 AND overridden = 0 GROUP BY user_id, card_id, belongs;

-- Cards that are put off, of which there are few.
CREATE INDEX schedules_buried ON schedules (user_id, buried) WHERE buried > 0;
