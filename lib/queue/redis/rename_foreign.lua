-- ARGV: time, then keys without the prefix, each followed by its expected type. Renames those of another type,
-- so that their writer can find them; returns their new names.

local renamed = {}
for at = 2, #ARGV, 2 do
  local key = prefix .. ARGV[at]
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= ARGV[at + 1] then
    renamed[#renamed + 1] = rename_foreign(key, ARGV[1])
  end
end
return renamed
