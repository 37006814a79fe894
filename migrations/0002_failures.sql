-- What an operator did to many articles at once. A step moves some of them and this row in one
-- statement, so that whoever comes next goes on where the last one stopped.
CREATE TABLE operations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('retry', 'clear', 'undo')),
  filter jsonb NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  asked_by text NOT NULL,
  total bigint NOT NULL,
  done bigint NOT NULL DEFAULT 0,
  cursor bigint NOT NULL DEFAULT 0,
  finished_at timestamptz,
  -- The clearing that an undo takes back; one can be taken back once.
  undoes bigint UNIQUE REFERENCES operations (id)
);
CREATE INDEX operations_unfinished ON operations (id) WHERE finished_at IS NULL;

ALTER TABLE article_states ADD COLUMN cleared_by bigint REFERENCES operations (id);
CREATE INDEX article_states_cleared ON article_states (cleared_by, article_id)
  WHERE state = 'discarded';

CREATE INDEX article_states_failed ON article_states (article_id) WHERE state IN ('retry', 'dead');
-- Holds all that the list of causes shows, since their rows are wide.
CREATE INDEX article_states_by_cause ON article_states (fingerprint, article_id)
  INCLUDE (state, first_failed_at, last_failed_at)
  WHERE state IN ('retry', 'dead');
