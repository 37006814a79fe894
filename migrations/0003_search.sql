-- Titles are found by their characters and pairs of neighbouring characters, which suits Chinese (whose
-- words are mostly two characters) and needs neither an extension nor a locale. Every key carries the
-- article's range of 8,192 ids: a search looks from the newest range to the oldest and stops when its
-- page is full, so a common word costs no more than a rare one.
CREATE FUNCTION search_keys(article_id bigint, title text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  range bigint := (article_id >> 13) << 42;
  keys bigint[] := '{}';
  previous bigint := 0;
  code bigint;
  letter text;
BEGIN
  FOREACH letter IN ARRAY string_to_array(lower(title), NULL) LOOP
    code := ascii(letter);
    keys := keys || (range | (code << 21)) || (range | (previous << 21) | code);
    previous := code;
  END LOOP;
  RETURN keys;
END $$;

-- The keys that a title of that range must have to hold the text: its pairs, or the one character.
CREATE FUNCTION sought_keys(id_range bigint, sought text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  keys bigint[] := '{}';
  previous bigint;
  code bigint;
  letter text;
BEGIN
  FOREACH letter IN ARRAY string_to_array(lower(sought), NULL) LOOP
    code := ascii(letter);
    IF previous IS NOT NULL THEN
      keys := keys || ((id_range << 42) | (previous << 21) | code);
    END IF;
    previous := code;
  END LOOP;
  IF cardinality(keys) > 0 THEN RETURN keys; END IF;
  RETURN ARRAY[(id_range << 42) | (previous << 21)];
END $$;

-- A long list of what is yet to be sorted in would be read by every search.
CREATE INDEX original_articles_search ON original_articles USING gin (search_keys(id, title))
  WITH (fastupdate = on, gin_pending_list_limit = 64);
