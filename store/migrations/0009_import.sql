-- Fewer indexes to be kept while a large deck is imported: what they were for is found
-- by others, or by the numbers of the rows.

-- +goose Up

-- The numbers of the notes that an import added, which lie beside each other.
ALTER TABLE imports ADD COLUMN first_note INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN last_note INTEGER NOT NULL DEFAULT 0;
UPDATE imports SET first_note = coalesce((SELECT min(id) FROM notes WHERE import_id = imports.id), 0),
  last_note = coalesce((SELECT max(id) FROM notes WHERE import_id = imports.id), 0);
DROP INDEX notes_import;

DROP INDEX notes_article;
CREATE INDEX notes_article ON notes (article_id) WHERE article_id IS NOT NULL;

DROP INDEX cards_deck; -- cards_found begins with the same columns
