-- raise_tally(first) reads a tally (node, day, processed, failed, retried, elapsed ms) from ARGV and
-- raises the stored one; it returns the differences. set_totals(totals) writes the four totals. Where a script is
-- interrupted after the tally itself, or a key is lost, the sums are too low until restore_totals.lua corrects them.
--
-- A tally's `failed` counts articles that became dead letters, its `retried` failures that were followed by a
-- retry. The public `total_failed` counts failed tries, which is their sum.

local COUNTS = {'processed', 'failed', 'retried', 'elapsed'}

local function read_totals()
  local values = redis.call('HMGET', STATS, 'total_processed', 'total_failed', 'total_retried', 'total_elapsed_ms')
  for i = 1, 4 do values[i] = number_in(values[i]) end
  values[2] = math.max(0, values[2] - values[3])
  return values
end

local function set_totals(totals)
  local average = totals[1] > 0 and totals[4] / totals[1] or 0
  redis.call('HSET', STATS, 'total_processed', whole(totals[1]), 'total_failed', whole(totals[2] + totals[3]),
    'total_retried', whole(totals[3]), 'total_elapsed_ms', string.format('%.3f', totals[4]),
    'avg_processing_ms', hundredths(average), 'updated_at', whole(now_ms()))
end

local function tally_of(day) return prefix .. 'processor:tally:' .. day end

local function processed_of(day) return prefix .. 'processor:processed:' .. day end

-- The day's processed count under its own key; 0 if that is not a number.
local function processed_on(day) return number_in(redis.call('GET', processed_of(day))) end

local function set_processed(day, count)
  redis.call('SET', processed_of(day), whole(count), 'EX', DAY_KEPT_S)
end

-- Raises the stored tally. `first_added`: where ARGV has what this tally added, which is how much it has grown if
-- none is stored: it is the node's first of the day, or the stored one was lost.
local function raise_tally(first, first_added)
  local node, day = ARGV[first], ARGV[first + 1]
  local fields, raised, grown, any = {}, {}, {}, false
  for i, count in ipairs(COUNTS) do fields[i] = node .. '|' .. count end
  local old = redis.call('HMGET', tally_of(day), unpack(fields))
  for i = 1, 4 do
    local before, after = number_in(old[i]), tonumber(ARGV[first + 1 + i])
    grown[i] = math.max(0, after - before)
    if grown[i] > 0 then
      any = true
      raised[#raised + 1] = fields[i]
      raised[#raised + 1] = ARGV[first + 1 + i]
      if not old[i] and first_added then grown[i] = tonumber(ARGV[first_added + i - 1]) end
    end
  end
  if any and redis.call('HSET', tally_of(day), unpack(raised)) > 0 then
    redis.call('EXPIRE', tally_of(day), DAY_KEPT_S)
  end
  return grown, any
end

-- Adds to the day's processed count under its own key, which other programs may count up, too.
local function add_processed(day, count)
  if count == 0 then return end
  local sum = redis.pcall('INCRBY', processed_of(day), whole(count))
  if type(sum) == 'number' then
    if sum == count then redis.call('EXPIRE', processed_of(day), DAY_KEPT_S) end
  elseif string.find(sum.err, 'not an integer') then
    set_processed(day, count)
  else
    return error(sum)
  end
end
