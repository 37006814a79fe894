-- Renames the value of another program under a key of ours, so that its writer can find it for a week; returns the new
-- name.
local function rename_foreign(key, time)
  local name = key .. ':foreign:' .. time
  redis.call('RENAME', key, name)
  redis.call('EXPIRE', name, FOREIGN_KEPT_S)
  return name
end
