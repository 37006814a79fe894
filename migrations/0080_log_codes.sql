-- The code of a line's message and the values in it, for its wording in the reader's language; null: the message has
-- no code, or an older version stored the line.
ALTER TABLE log_lines ADD COLUMN code text, ADD COLUMN parameters jsonb;
