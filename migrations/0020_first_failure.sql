-- An article's first failure counts from when it was last new, edited or processed: an age by one that
-- was overcome would bury it at its next failure.
UPDATE article_states SET first_failed_at = NULL
WHERE first_failed_at IS NOT NULL AND state IN ('pending', 'processed');

CREATE OR REPLACE FUNCTION note_edited_articles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO article_states AS states (article_id) VALUES (NEW.id)
    ON CONFLICT (article_id) DO UPDATE
    SET state = 'pending', revision = states.revision + 1, tries = 0, due_at = NULL,
      first_failed_at = NULL, changed_at = now();
  INSERT INTO outbox (article_ids) VALUES (ARRAY[NEW.id]);
  RETURN NULL;
END $$;
