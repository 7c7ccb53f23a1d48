-- Texts that came in a newer version, cards made of two proposals, and other wordings.

-- +goose Up

-- joined is the proposal whose card asks for this one as well, '' for none.
ALTER TABLE verdicts ADD COLUMN joined TEXT NOT NULL DEFAULT '';

-- A text never changes: a newer version is an article of its own.
CREATE TABLE revisions (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id), -- the newer text
  user_id INTEGER NOT NULL REFERENCES users (id),
  previous_id INTEGER NOT NULL REFERENCES articles (id),
  at INTEGER NOT NULL,
  used INTEGER -- when the cards went over to the newer text, NULL while they have not
);
CREATE INDEX revisions_user ON revisions (user_id);
CREATE INDEX revisions_previous ON revisions (previous_id);

-- What a revision changed in a note, so that it can be taken back.
CREATE TABLE revised_notes (
  article_id INTEGER NOT NULL REFERENCES revisions (article_id),
  note_id INTEGER NOT NULL REFERENCES notes (id),
  before TEXT NOT NULL, -- JSON
  PRIMARY KEY (article_id, note_id)
) WITHOUT ROWID;
CREATE INDEX revised_notes_note ON revised_notes (note_id);

-- Questions in the words of a language model, and what was wrong with those that
-- were not taken.
CREATE TABLE rewordings (
  article_id INTEGER NOT NULL REFERENCES articles (id),
  proposal_id TEXT NOT NULL,
  key TEXT NOT NULL, -- hash of the model and all that it was shown
  model TEXT NOT NULL,
  front TEXT NOT NULL, -- '' for none that could be taken
  reason TEXT NOT NULL,
  made INTEGER NOT NULL,
  PRIMARY KEY (article_id, proposal_id)
) WITHOUT ROWID;
CREATE INDEX rewordings_key ON rewordings (key);
