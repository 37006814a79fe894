-- The rows of the nodes, stored and sent as the original text: Lua would turn an empty array into an object.

-- When a report came in; nil for the text of another program.
local function seen_at_of(text) return tonumber(string.match(text, '^{"seen_at":(%d+),') or '') end

-- How many ids a lost node still holds.
local function held_by(name) return redis.call('SCARD', active_of(name)) end

-- The row of a node; `held` is what it still holds when it is lost, and nil for a live one.
local function row_text(name, text, held)
  local lease_until = 'null'
  if held then
    text = string.gsub(text, '"in_flight":%d+', '"in_flight":' .. whole(held), 1)
    if held > 0 then lease_until = redis.call('ZSCORE', LEASES, name) or 'null' end
  end
  return string.sub(text, 1, -2) .. ',"lost":' .. tostring(held ~= nil) .. ',"lease_until":' .. lease_until .. '}'
end
