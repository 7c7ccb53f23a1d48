-- Quizzes, what was answered in them, and what a person lets pass as an answer.

-- +goose Up
CREATE TABLE quizzes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL, -- of the form that began it
  source TEXT NOT NULL, -- a QuizSource, as text: what can be compared over time
  name TEXT NOT NULL, -- of the source, in words, as it was then
  mode TEXT NOT NULL,
  bring INTEGER NOT NULL, -- what is missed comes into the day's review
  counts INTEGER NOT NULL, -- what is typed rightly to a due card counts as its grade
  questions INTEGER NOT NULL,
  answered INTEGER NOT NULL, -- of them, in order
  correct INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  day INTEGER NOT NULL,
  ended INTEGER, -- NULL while it can be gone on with
  UNIQUE (user_id, key)
);
CREATE INDEX quizzes_open ON quizzes (user_id, ended, id);

CREATE TABLE quiz_questions (
  quiz_id INTEGER NOT NULL REFERENCES quizzes (id),
  position INTEGER NOT NULL, -- from 0
  question TEXT NOT NULL, -- JSON of an ask.Question
  key TEXT NOT NULL, -- of the form that answered it, '' before
  given TEXT NOT NULL,
  result TEXT NOT NULL, -- JSON of an ask.Result, '' before it is answered
  verdict TEXT NOT NULL, -- right, close or wrong; '' before
  overridden INTEGER NOT NULL, -- the person said that they were right
  at INTEGER NOT NULL,
  took INTEGER NOT NULL, -- milliseconds
  PRIMARY KEY (quiz_id, position)
) WITHOUT ROWID;

-- Answers that were not right, wherever they were given.
CREATE TABLE answers_given (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  place TEXT NOT NULL, -- quiz or review
  given TEXT NOT NULL,
  verdict TEXT NOT NULL, -- close or wrong
  belongs INTEGER NOT NULL, -- the card whose right answer it is, 0 for none
  overridden INTEGER NOT NULL,
  key TEXT NOT NULL, -- of the form, so that the same answer is kept once
  at INTEGER NOT NULL,
  UNIQUE (user_id, card_id, key)
);
CREATE INDEX answers_given_card ON answers_given (card_id);

-- Further answers that a person accepts for a card.
CREATE TABLE accepted_answers (
  user_id INTEGER NOT NULL REFERENCES users (id),
  card_id INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (user_id, card_id, answer)
) WITHOUT ROWID;
CREATE INDEX accepted_answers_card ON accepted_answers (card_id);
