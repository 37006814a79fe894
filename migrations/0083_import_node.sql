-- The node that runs an import: it stops when its node starts again, and only its node updates it.
ALTER TABLE imports ADD COLUMN node text;
