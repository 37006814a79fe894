-- Returns the run id of this Redis unless it has been reconciled with Postgres. Without the permission to read
-- it, a loss of data is still detected.
local info = redis.pcall('INFO', 'server')
local run_id = type(info) == 'string' and string.match(info, 'run_id:(%x+)') or 'unknown'
return redis.call('GET', prefix .. 'processor:epoch') ~= run_id and run_id or nil
