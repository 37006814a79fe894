-- An id can have a state before its article exists: it was enqueued before the article was committed, or the
-- database was restored and gives out the id again. A new article is pending all the same.
CREATE OR REPLACE FUNCTION note_new_articles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH noted AS (
    INSERT INTO article_states AS known (article_id) SELECT id FROM inserted
    ON CONFLICT (article_id) DO UPDATE
      SET state = 'pending', revision = known.revision + 1, tries = 0, due_at = NULL, changed_at = now()
      WHERE known.state <> 'pending'
    RETURNING article_id, revision
  )
  INSERT INTO outbox (article_ids)
  SELECT array_agg(article_id ORDER BY article_id) FROM noted WHERE revision > 1 HAVING count(*) > 0;
  RETURN NULL;
END $$;
