-- Returns the row of each node as JSON, in no order.

local now, rows = now_ms(), {}
local stored = redis.call('HGETALL', NODES)
for i = 1, #stored, 2 do
  local name, text = stored[i], stored[i + 1]
  local seen_at = seen_at_of(text)
  if seen_at then
    local held = nil
    if now - seen_at > ALIVE_MS then held = held_by(name) end
    rows[#rows + 1] = row_text(name, text, held)
  end
end
return rows
