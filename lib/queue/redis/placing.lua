-- Reads a placement from ARGV and applies it. raise_commits(first) notes its commits; place(first, ours) puts
-- the ids, or only those in the set `ours`, in exactly one place each.

local function raise_commits(first)
  for offset, kind in ipairs({'settlement', 'note'}) do
    local number = ARGV[first + 3 + offset]
    if number ~= '0' and tonumber(number) > number_in(redis.call('HGET', COMMITS, kind)) then
      redis.call('HSET', COMMITS, kind, number)
    end
  end
end

-- Calls visit(kind, id, time, tries) for each id.
local function each_placed(first, visit)
  local at = first + 6
  for kind, width in ipairs({1, 3, 2, 1}) do
    for _ = 1, tonumber(ARGV[first + kind - 1]) do
      visit(kind, ARGV[at], ARGV[at + 1], ARGV[at + 2])
      at = at + width
    end
  end
end

local function place(first, ours)
  local seen, pending, retry, dead = {}, {}, {}, {}
  local not_retry, not_dead, tried = {}, {}, {}
  local now
  each_placed(first, function(kind, id, time, tries)
    if seen[id] or (ours and not ours[id]) then return end
    seen[id] = true
    if kind == 1 then
      pending[#pending + 1] = id
    elseif kind == 2 then
      -- A retry's delay is relative to now: only the broker's clock decides when it is due.
      now = now or now_ms()
      retry[#retry + 1] = whole(now + tonumber(time))
      retry[#retry + 1] = id
      redis.call('SET', tries_of(id), tries, 'EX', TRIES_KEPT_S)
    elseif kind == 3 then
      dead[#dead + 1] = time
      dead[#dead + 1] = id
    end
    if kind ~= 2 then
      not_retry[#not_retry + 1] = id
      tried[#tried + 1] = tries_of(id)
    end
    if kind ~= 3 then not_dead[#not_dead + 1] = id end
  end)
  -- Ids are added before they are removed, so that none is ever lost. The rights to remove are checked first: a
  -- script that fails halfway is repeated, and would add the ids again.
  if #retry + #dead + #pending > 0 then
    check_permitted('ZREM', RETRY, '')
    check_permitted('ZREM', DEAD, '')
    check_permitted('DEL', tries_of(''))
  end
  variadic('ZADD', RETRY, retry)
  variadic('ZADD', DEAD, dead)
  variadic('LPUSH', PENDING, pending)
  variadic('ZREM', RETRY, not_retry)
  variadic('ZREM', DEAD, not_dead)
  for from = 1, #tried, 1000 do
    redis.call('DEL', unpack(tried, from, math.min(from + 999, #tried)))
  end
end
