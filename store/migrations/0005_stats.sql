-- Figures are summed up from indexes alone: a hundred thousand answers of one person lie
-- on as many pages of the table, among those of all others. The id comes behind the day,
-- so that the latest event is still the last of its day.

-- +goose Up
DROP INDEX reviews_day;
CREATE INDEX reviews_day ON reviews (user_id, day, id, kind, grade, took, before_interval, card_id);
CREATE INDEX reviews_undone ON reviews (user_id, day, undoes) WHERE undoes IS NOT NULL;
DROP INDEX old_reviews_day;
CREATE INDEX old_reviews_day ON old_reviews (user_id, day, kind, button, grade, took, last, import_id);
