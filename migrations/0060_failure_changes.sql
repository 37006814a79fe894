-- A change log of failures, which lets a node update its snapshot of all failures incrementally. Each change
-- has its transaction id, since no timestamp or sequence follows the order of commits: a change is new to a
-- reader unless its transaction was visible in the reader's last snapshot (pg_visible_in_snapshot).
CREATE TABLE failure_changes (
  transaction bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  article_id bigint NOT NULL
);
CREATE INDEX failure_changes_by_transaction ON failure_changes (transaction, article_id);

-- One row. Changes of transactions before `since` are deleted, and those before `next` some minutes later. A
-- reader whose snapshot is older than `since` does a full read.
CREATE TABLE failure_changes_kept (
  since bigint NOT NULL DEFAULT 0,
  next bigint NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO failure_changes_kept DEFAULT VALUES;

CREATE FUNCTION note_failure_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO failure_changes (article_id) VALUES (coalesce(NEW.article_id, OLD.article_id));
  RETURN NULL;
END $$;

-- Triggers record changes by any program; an article that never fails costs nothing.
CREATE TRIGGER failure_change_inserted AFTER INSERT ON article_states
  FOR EACH ROW WHEN (NEW.state IN ('retry', 'dead')) EXECUTE FUNCTION note_failure_change();
CREATE TRIGGER failure_change_updated AFTER UPDATE ON article_states
  FOR EACH ROW WHEN (OLD.state IN ('retry', 'dead') OR NEW.state IN ('retry', 'dead'))
  EXECUTE FUNCTION note_failure_change();
CREATE TRIGGER failure_change_deleted AFTER DELETE ON article_states
  FOR EACH ROW WHEN (OLD.state IN ('retry', 'dead')) EXECUTE FUNCTION note_failure_change();
