-- Whether the same input can resume a stopped import: not where its content was refused, which it is again.
ALTER TABLE imports ADD COLUMN resumable boolean NOT NULL DEFAULT true;
UPDATE imports SET resumable = false
WHERE state = 'stopped' AND reason LIKE 'Cannot finish the import: reading the articles failed:%';
