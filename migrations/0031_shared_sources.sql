-- Sources that turned out to be no identity: many articles of one import had the same one, with
-- different texts (the name of a publisher, say). An article that gives one is known by its text instead.
CREATE TABLE shared_sources (
  source text PRIMARY KEY
);
