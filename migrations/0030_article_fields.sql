-- What a producer says of an article besides its text (lib/article/article_fields.ts). Nullable and
-- without defaults, so that nodes of the version before go on inserting.
ALTER TABLE original_articles
  ADD COLUMN IF NOT EXISTS url text,
  ADD COLUMN IF NOT EXISTS author text,
  ADD COLUMN IF NOT EXISTS published text,
  ADD COLUMN IF NOT EXISTS language text,
  ADD COLUMN IF NOT EXISTS tags jsonb,
  ADD COLUMN IF NOT EXISTS extra jsonb,
  ADD COLUMN IF NOT EXISTS content_kind text;

-- An article whose content is now of another kind is processed again, too.
DROP TRIGGER article_edited ON original_articles;
CREATE TRIGGER article_edited
  AFTER UPDATE OF title, content, group_id, content_kind ON original_articles
  FOR EACH ROW WHEN (
    (OLD.title, OLD.content, OLD.group_id, OLD.content_kind)
      IS DISTINCT FROM (NEW.title, NEW.content, NEW.group_id, NEW.content_kind)
  )
  EXECUTE FUNCTION note_edited_articles();
