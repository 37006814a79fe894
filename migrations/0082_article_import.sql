-- The import that stored an article; null: no import did, or it was an older version's. Only articles of imports are in
-- the index, whose entries are appended, so that it costs an insertion next to nothing.
ALTER TABLE original_articles ADD COLUMN import_id bigint;
CREATE INDEX original_articles_by_import ON original_articles (import_id, id)
  WHERE import_id IS NOT NULL;
