-- The response as it was sent: jsonb has its keys in another order, and the headers were not kept. Null: an older version's.
ALTER TABLE idempotency_keys ADD COLUMN body text, ADD COLUMN headers jsonb;
