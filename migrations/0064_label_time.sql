-- When a label was first seen, so that a cause is known to be new. Older labels have no time; labels
-- that nodes of the previous version add get theirs by the default.
ALTER TABLE failure_labels ADD COLUMN first_at timestamptz;
ALTER TABLE failure_labels ALTER COLUMN first_at SET DEFAULT now();
