-- Dates by which a deck is to be known, and the way back after a break.

-- +goose Up
CREATE TABLE exams (
  user_id INTEGER NOT NULL REFERENCES users (id),
  deck_id INTEGER NOT NULL REFERENCES decks (id), -- with the decks below it
  day INTEGER NOT NULL, -- of the exam
  raise INTEGER NOT NULL, -- its new cards come beyond the limits where the day asks for that
  made INTEGER NOT NULL, -- day on which the date was set
  PRIMARY KEY (user_id, deck_id)
) WITHOUT ROWID;
CREATE INDEX exams_deck ON exams (deck_id);

-- What was due on day begun or before it waits, and is asked per_day cards a day.
CREATE TABLE comebacks (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  kind TEXT NOT NULL, -- all, spread or gentle; none where no plan was wanted
  begun INTEGER NOT NULL,
  per_day INTEGER NOT NULL,
  cards INTEGER NOT NULL, -- that waited then
  until INTEGER NOT NULL -- last day of the plan, as it was foretold
);
