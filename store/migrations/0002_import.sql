-- Notes of any type, media, and decks of other programs with what those know of them.

-- +goose Up

-- A definition is a formats.NoteType; a note has the values of its type's fields alone.
UPDATE note_types SET definition = json_set(definition, '$.css', coalesce(json_extract(definition, '$.css'), ''), '$.fields',
  json((SELECT json_group_array(json_object('name', f.value)) FROM json_each(note_types.definition, '$.fields') AS f)));
UPDATE notes SET fields = (SELECT json_group_array(json_extract(f.value, '$.value')) FROM json_each(notes.fields) AS f);

-- source is what another program knows of the thing, as JSON, '' for nothing.
-- import_id is the import that added it, 0 for none.
ALTER TABLE notes ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE notes ADD COLUMN import_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notes_import ON notes (import_id) WHERE import_id > 0;

ALTER TABLE cards ADD COLUMN front TEXT NOT NULL DEFAULT ''; -- text of the sides, for lists
ALTER TABLE cards ADD COLUMN back TEXT NOT NULL DEFAULT '';
ALTER TABLE cards ADD COLUMN source TEXT NOT NULL DEFAULT '';

ALTER TABLE decks ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE decks ADD COLUMN import_id INTEGER NOT NULL DEFAULT 0;

ALTER TABLE schedules ADD COLUMN flag INTEGER NOT NULL DEFAULT 0; -- a colour, 1 to 7

INSERT INTO chores (kind, begun, user_id, item_id, day) SELECT 'sides', 0, 0, 0, 0 WHERE EXISTS (SELECT 1 FROM cards);

CREATE TABLE presets ( -- how much of a deck another program asks a day, with all else it knows
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  definition TEXT NOT NULL, -- JSON of a formats.Preset
  UNIQUE (user_id, definition)
);

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  state TEXT NOT NULL, -- staged, publishing, done, or back once it was taken back
  file TEXT NOT NULL, -- its name
  format TEXT NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  report TEXT NOT NULL -- JSON
);
CREATE INDEX imports_user ON imports (user_id);

CREATE TABLE import_changes ( -- what an import changed that was there before
  import_id INTEGER NOT NULL REFERENCES imports (id),
  n INTEGER NOT NULL,
  kind TEXT NOT NULL, -- note, card, progress or type
  item_id INTEGER NOT NULL,
  before TEXT NOT NULL, -- JSON
  after TEXT NOT NULL, -- JSON
  done INTEGER NOT NULL, -- it can be seen
  PRIMARY KEY (import_id, n)
) WITHOUT ROWID;

-- Answers that were given in other programs. They lead to no schedule by themselves.
CREATE TABLE old_reviews (
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL, -- 0 where the card was gone in the file already
  at INTEGER NOT NULL,
  n INTEGER NOT NULL, -- among those of one card and instant
  day INTEGER NOT NULL,
  kind TEXT NOT NULL, -- of a formats.Review, like what follows
  button INTEGER NOT NULL,
  grade INTEGER NOT NULL,
  interval INTEGER NOT NULL,
  last INTEGER NOT NULL,
  ease INTEGER NOT NULL,
  took INTEGER NOT NULL, -- milliseconds
  source_card INTEGER NOT NULL, -- the card's id in the file
  extras TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  PRIMARY KEY (user_id, card_id, at, n)
) WITHOUT ROWID;
CREATE INDEX old_reviews_day ON old_reviews (user_id, day);
CREATE INDEX old_reviews_import ON old_reviews (import_id);

-- Those of imports that are visible.
CREATE VIEW old_answers AS SELECT * FROM old_reviews o
  WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = o.import_id AND i.state = 'staged');

CREATE TABLE media ( -- the content lies in a file beside the database, by its SHA-256
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL, -- as fields have it
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  type TEXT NOT NULL,
  created INTEGER NOT NULL,
  import_id INTEGER NOT NULL, -- that added it, 0 for none
  UNIQUE (user_id, name)
);
CREATE INDEX media_content ON media (sha256);

CREATE TABLE note_media (
  media_id INTEGER NOT NULL REFERENCES media (id),
  note_id INTEGER NOT NULL REFERENCES notes (id),
  PRIMARY KEY (media_id, note_id)
) WITHOUT ROWID;
CREATE INDEX note_media_note ON note_media (note_id);
