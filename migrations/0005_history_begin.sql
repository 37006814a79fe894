-- A rate is the difference to the sample before: without one from before anything was counted, what
-- happens in the first step of all, half an hour in the longest span, would never be seen.
INSERT INTO history (span, at, processed, failed, retried, pending, retry, dead)
SELECT span, to_timestamp((floor(extract(epoch FROM now()) / step) - 1) * step), 0, 0, 0, 0, 0, 0
FROM (VALUES ('5m', 1), ('1h', 10), ('24h', 300), ('7d', 1800)) AS spans (span, step)
WHERE NOT EXISTS (SELECT FROM history WHERE history.span = spans.span);
