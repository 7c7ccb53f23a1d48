-- Instants are Unix milliseconds, days are cards.Day, truths are 0 or 1.

-- +goose Up
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT UNIQUE, -- the name folded; NULL while the account is being deleted
  password TEXT NOT NULL,
  admin INTEGER NOT NULL,
  created INTEGER NOT NULL,
  zone TEXT NOT NULL,
  rollover INTEGER NOT NULL,
  new_per_day INTEGER NOT NULL,
  reviews_per_day INTEGER NOT NULL,
  theme TEXT NOT NULL,
  grades INTEGER NOT NULL,
  drill_below INTEGER NOT NULL,
  max_interval INTEGER NOT NULL,
  siblings INTEGER NOT NULL,
  last_day INTEGER NOT NULL -- of the latest event, 0 for none
);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  token BLOB NOT NULL UNIQUE, -- SHA-256 of what the browser holds
  agent TEXT NOT NULL,
  created INTEGER NOT NULL,
  seen INTEGER NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE invites (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the code, in hexadecimal
  uses INTEGER NOT NULL, -- left
  until INTEGER NOT NULL
);
CREATE INDEX invites_user ON invites (user_id);

CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER REFERENCES users (id), -- NULL in the trash, and until all its proposals are stored
  hash TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  url TEXT NOT NULL,
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  blocks TEXT NOT NULL, -- JSON
  created INTEGER NOT NULL,
  UNIQUE (user_id, hash)
);

CREATE TABLE facts (
  article_id INTEGER NOT NULL REFERENCES articles (id),
  position INTEGER NOT NULL,
  entry TEXT NOT NULL, -- JSON
  PRIMARY KEY (article_id, position)
) WITHOUT ROWID;

CREATE TABLE proposals (
  article_id INTEGER NOT NULL REFERENCES articles (id),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  sibling TEXT NOT NULL,
  proposal TEXT NOT NULL, -- JSON
  PRIMARY KEY (article_id, position),
  UNIQUE (article_id, id)
) WITHOUT ROWID;

CREATE TABLE note_types (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  definition TEXT NOT NULL, -- JSON
  UNIQUE (user_id, name)
);

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  guid TEXT NOT NULL,
  type_id INTEGER NOT NULL REFERENCES note_types (id),
  fields TEXT NOT NULL, -- JSON
  tags TEXT NOT NULL, -- JSON
  article_id INTEGER REFERENCES articles (id),
  proposal_id TEXT NOT NULL,
  article_title TEXT NOT NULL,
  sentence TEXT NOT NULL, -- the proof stays when the article goes
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  source_start INTEGER NOT NULL,
  source_end INTEGER NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  UNIQUE (user_id, guid)
);
CREATE INDEX notes_type ON notes (type_id);
CREATE INDEX notes_article ON notes (article_id);

CREATE TABLE verdicts (
  article_id INTEGER NOT NULL REFERENCES articles (id),
  proposal_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  front TEXT NOT NULL, -- of an edited proposal, else ""
  back TEXT NOT NULL,
  decided INTEGER NOT NULL,
  note_id INTEGER REFERENCES notes (id), -- once it was saved as a card
  PRIMARY KEY (article_id, proposal_id)
) WITHOUT ROWID;
CREATE INDEX verdicts_note ON verdicts (note_id);

CREATE TABLE decks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER REFERENCES users (id), -- NULL in the trash
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  shared INTEGER NOT NULL,
  cards INTEGER NOT NULL, -- how many lie in it
  article_id INTEGER REFERENCES articles (id), -- that its first cards were made from
  created INTEGER NOT NULL,
  UNIQUE (user_id, name_key)
);
CREATE INDEX decks_article ON decks (article_id);
CREATE INDEX decks_shared ON decks (id) WHERE shared = 1;

CREATE TABLE enrolments (
  user_id INTEGER NOT NULL REFERENCES users (id),
  deck_id INTEGER NOT NULL REFERENCES decks (id),
  state TEXT NOT NULL, -- active, filling, left or withdrawn
  paused INTEGER NOT NULL,
  new_limit INTEGER, -- NULL, like review_limit, where the user's own limits hold
  review_limit INTEGER,
  created INTEGER NOT NULL,
  PRIMARY KEY (user_id, deck_id)
) WITHOUT ROWID;
CREATE INDEX enrolments_deck ON enrolments (deck_id);

CREATE TABLE cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  note_id INTEGER NOT NULL REFERENCES notes (id),
  ordinal INTEGER NOT NULL,
  deck_id INTEGER REFERENCES decks (id), -- NULL in the trash
  sibling INTEGER NOT NULL, -- the first note of those not to be asked on one day, 0 for none
  folded TEXT NOT NULL, -- front, back and tags in small letters, to search in
  created INTEGER NOT NULL,
  UNIQUE (note_id, ordinal)
);
CREATE INDEX cards_deck ON cards (deck_id);

-- One user's state of one card. first, sibling and deck_id repeat what reviews and
-- cards know, so that the queue of a day is read from indexes alone.
CREATE TABLE schedules (
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL REFERENCES cards (id),
  deck_id INTEGER NOT NULL, -- 0 in the trash
  sibling INTEGER NOT NULL,
  version INTEGER NOT NULL,
  repetitions INTEGER NOT NULL,
  e_factor INTEGER NOT NULL,
  interval INTEGER NOT NULL,
  due INTEGER NOT NULL,
  last INTEGER NOT NULL,
  lapses INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  drill INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  buried INTEGER NOT NULL,
  first INTEGER NOT NULL, -- day of the first answer, 0 before it
  PRIMARY KEY (user_id, card_id)
) WITHOUT ROWID;
CREATE INDEX schedules_card ON schedules (card_id);
CREATE INDEX schedules_due ON schedules (user_id, due, deck_id) WHERE seen = 1 AND suspended = 0;
CREATE INDEX schedules_deck ON schedules (user_id, deck_id, seen, due, card_id, buried, sibling) WHERE suspended = 0;
CREATE INDEX schedules_today ON schedules (user_id, last, deck_id, first, drill, suspended, buried) WHERE seen = 1;
CREATE INDEX schedules_sibling ON schedules (user_id, sibling) WHERE sibling > 0;

CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL,
  card_id INTEGER NOT NULL REFERENCES cards (id),
  at INTEGER NOT NULL,
  zone TEXT NOT NULL,
  rollover INTEGER NOT NULL,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  grade INTEGER NOT NULL,
  took INTEGER NOT NULL, -- milliseconds
  undoes INTEGER, -- the event that this one takes back
  before_repetitions INTEGER NOT NULL,
  before_e_factor INTEGER NOT NULL,
  before_interval INTEGER NOT NULL,
  before_due INTEGER NOT NULL,
  before_last INTEGER NOT NULL,
  before_lapses INTEGER NOT NULL,
  before_seen INTEGER NOT NULL,
  before_drill INTEGER NOT NULL,
  before_suspended INTEGER NOT NULL,
  before_buried INTEGER NOT NULL,
  after_repetitions INTEGER NOT NULL,
  after_e_factor INTEGER NOT NULL,
  after_interval INTEGER NOT NULL,
  after_due INTEGER NOT NULL,
  after_last INTEGER NOT NULL,
  after_lapses INTEGER NOT NULL,
  after_seen INTEGER NOT NULL,
  after_drill INTEGER NOT NULL,
  after_suspended INTEGER NOT NULL,
  after_buried INTEGER NOT NULL,
  UNIQUE (user_id, key)
);
CREATE INDEX reviews_card ON reviews (card_id, user_id);
CREATE INDEX reviews_day ON reviews (user_id, day);
CREATE UNIQUE INDEX reviews_undoes ON reviews (undoes) WHERE undoes IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER reviews_written_once BEFORE UPDATE ON reviews
BEGIN
  SELECT RAISE(ABORT, 'a review is written once and never changed');
END;
-- +goose StatementEnd

-- New cards that a user asked for beyond the limits of a day.
CREATE TABLE extras (
  user_id INTEGER NOT NULL REFERENCES users (id),
  day INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  key TEXT NOT NULL, -- of the form that asked last: the same key twice asks once
  PRIMARY KEY (user_id, day)
) WITHOUT ROWID;

CREATE TABLE trash (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL, -- deck, card or article
  item_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  detail TEXT NOT NULL, -- JSON: what has to be put back
  UNIQUE (kind, item_id)
);
CREATE INDEX trash_user ON trash (user_id);

-- Work of several transactions that is under way.
CREATE TABLE chores (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  begun INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  day INTEGER NOT NULL
);

