-- Searches that a person keeps by name.

-- +goose Up
CREATE TABLE saved_searches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  query TEXT NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (user_id, name_key)
);
