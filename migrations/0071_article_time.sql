-- Articles are found by the time of their intake, which ids follow only roughly.
CREATE INDEX original_articles_by_time ON original_articles (created_at, id);
