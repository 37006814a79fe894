-- The articles whose title another article of their group had before. A title is kept once per group, as a row of
-- `titles` that belongs to the first of its articles; when that one is deleted or gets another title, it passes to one
-- of these.
CREATE TABLE title_shares (
  article_id bigint PRIMARY KEY,
  group_id bigint NOT NULL,
  title_key uuid NOT NULL
);
CREATE INDEX title_shares_by_title ON title_shares (group_id, title_key, article_id);
