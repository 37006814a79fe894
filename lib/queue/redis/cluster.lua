-- new_cluster() sums what every live node says of itself: the status says it of all of them, since it lists
-- only some. The sums are those of lib/wire/cluster_sums.ts.

local STAGES = {'load_ms', 'clean_ms', 'annotate_ms', 'save_ms', 'restart_ms'}

local function new_cluster()
  local live, lost, processing, quarantined, firing, browser = 0, 0, 0, 0, 0, 0
  local oldest_at, spent, settings = nil, {0, 0, 0, 0, 0}, {}

  local function add_live(row)
    live = live + 1
    if row.role ~= 'web' then processing = processing + 1 end
    if type(row.quarantine) == 'table' then quarantined = quarantined + #row.quarantine end
    if type(row.oldest_at) == 'number' then oldest_at = math.min(oldest_at or row.oldest_at, row.oldest_at) end
    if type(row.settings) == 'string' then settings[row.settings] = (settings[row.settings] or 0) + 1 end
    if type(row.alerts) == 'table' then
      firing = math.max(firing, tonumber(row.alerts.firing) or 0)
      browser = math.max(browser, tonumber(row.alerts.browser) or 0)
    end
    if type(row.stages) == 'table' then
      for i, stage in ipairs(STAGES) do spent[i] = spent[i] + (tonumber(row.stages[stage]) or 0) end
    end
  end

  local function record(names, value_of)
    local parts = {}
    for i, name in ipairs(names) do parts[i] = cjson.encode(name) .. ':' .. value_of(i, name) end
    return '{' .. table.concat(parts, ',') .. '}'
  end

  local function json()
    local versions = {}
    for version in pairs(settings) do versions[#versions + 1] = version end
    table.sort(versions)
    return '{"live":' .. live .. ',"lost":' .. lost .. ',"processing":' .. processing
      .. ',"quarantined":' .. quarantined
      .. ',"oldest_at":' .. (oldest_at and whole(oldest_at) or 'null')
      .. ',"stages":' .. record(STAGES, function(i) return string.format('%.14g', spent[i]) end)
      .. ',"settings":' .. record(versions, function(_, version) return settings[version] end)
      .. ',"alerts":{"firing":' .. firing .. ',"browser":' .. browser .. '}}'
  end

  return {
    add_live = add_live,
    add_lost = function() lost = lost + 1 end,
    json = json,
  }
end

local RANKS = 6

-- How soon a node is to be listed: what needs attention comes first.
local function rank_of(row, held)
  if held then return held > 0 and 1 or 2 end
  if type(row.outages) == 'table' and #row.outages > 0 then return 3 end
  if type(row.clock_off_ms) == 'number' then return 4 end
  if row.paused == true then return 5 end
  return 6
end

-- The texts of the nodes that the status lists, by name: those that need attention first, as many as fit.
-- `ranked` has the nodes of each rank by name, each as its name, its text and what it holds when it is lost.
local function listed(ranked)
  local chosen, bytes = {}, 0
  for rank = 1, RANKS do
    for _, node in ipairs(ranked[rank]) do
      local text = row_text(unpack(node, 1, 3))
      bytes = bytes + #text
      if #chosen == NODES_LISTED or (#chosen > 0 and bytes > NODES_LISTED_BYTES) then break end
      chosen[#chosen + 1] = {name = node[1], text = text}
    end
  end
  table.sort(chosen, function(a, b) return a.name < b.name end)
  local texts = {}
  for i, node in ipairs(chosen) do texts[i] = node.text end
  return texts
end
