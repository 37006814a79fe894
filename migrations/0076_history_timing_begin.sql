-- Percentiles come from the difference to the row before. Without a row from before any node counted,
-- the first step of all, an hour in the longest span, would have none.
INSERT INTO history_timing (span, at, nodes)
SELECT span, to_timestamp((floor(extract(epoch FROM now()) / step) - 1) * step), '{}'
FROM (VALUES ('5m', 5), ('1h', 30), ('24h', 600), ('7d', 3600)) AS spans (span, step)
WHERE NOT EXISTS (SELECT FROM history_timing WHERE history_timing.span = spans.span);
