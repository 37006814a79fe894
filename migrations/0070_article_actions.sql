-- What was asked for an article after its intake, one row per article and action, for its history. An action that
-- makes a processed article pending also keeps the time and the size of that result, since the next one replaces it.
CREATE TABLE article_actions (
  article_id bigint NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('process_again', 'edit', 'retry', 'clear', 'undo')),
  -- The actor's name. Null for edits, and for bulk operations, which know their actor.
  by text,
  operation_id bigint REFERENCES operations (id),
  processed_at timestamptz,
  paragraphs integer
);
CREATE INDEX article_actions_by_article ON article_actions (article_id, at);

-- The actor's name alone; asked_by has the role and the address as well. Null for older operations, and for those of
-- nodes of the previous version.
ALTER TABLE operations ADD COLUMN actor text;

INSERT INTO article_actions (article_id, at, kind, by)
  SELECT subject::bigint, at, kind, actor FROM events
  WHERE kind = 'process_again' AND result = 'succeeded' AND subject ~ '^[0-9]{1,15}$';

CREATE OR REPLACE FUNCTION note_edited_articles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  edited article_states;
BEGIN
  INSERT INTO article_states AS states (article_id) VALUES (NEW.id)
    ON CONFLICT (article_id) DO UPDATE
    SET state = 'pending', revision = states.revision + 1, tries = 0, due_at = NULL,
      first_failed_at = NULL, changed_at = now()
    RETURNING * INTO edited;
  INSERT INTO article_actions (article_id, at, kind, processed_at, paragraphs)
    VALUES (NEW.id, edited.changed_at, 'edit', edited.processed_at, edited.paragraphs);
  INSERT INTO outbox (article_ids) VALUES (ARRAY[NEW.id]);
  RETURN NULL;
END $$;
