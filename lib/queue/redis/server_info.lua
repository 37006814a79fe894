-- Returns INFO's sections about the server, its memory and its persistence; empty without permission.
local sections = {}
for _, section in ipairs({'server', 'memory', 'persistence'}) do
  local text = redis.pcall('INFO', section)
  if type(text) == 'string' then sections[#sections + 1] = text end
end
return table.concat(sections, '\r\n')
