-- ARGV: the newest settlement and outbox row of Postgres, then days. Sets the counts of the days and the totals
-- to 0; restore_totals.lua then raises them to those of Postgres.

for at = 3, #ARGV do
  redis.call('DEL', tally_of(ARGV[at]))
  redis.call('DEL', processed_of(ARGV[at]))
end
set_totals({0, 0, 0, 0})
redis.call('HSET', COMMITS, 'settlement', ARGV[1], 'note', ARGV[2])
