-- Calls every command that the scripts use, on separate keys; returns those that are not permitted to this
-- user or unknown to this server.

local function key(type) return prefix .. 'processor:check:' .. type end

local lacking = {}
for _, call in ipairs({
  {'TIME'}, {'INFO', 'server'}, {'TYPE', key('string')},
  {'SET', key('string'), '1', 'EX', '60'}, {'GET', key('string')}, {'INCRBY', key('string'), '1'}, {'EXPIRE', key('string'), '60'},
  {'PEXPIRE', key('string'), '60000'}, {'PTTL', key('string')}, {'RENAME', key('string'), key('string')},
  {'LPUSH', key('list'), '1'}, {'RPUSH', key('list'), '1'}, {'LLEN', key('list')},
  {'LRANGE', key('list'), '0', '0'}, {'LINDEX', key('list'), '0'}, {'LTRIM', key('list'), '0', '0'},
  {'SADD', key('set'), '1'}, {'SMEMBERS', key('set')}, {'SMISMEMBER', key('set'), '1'},
  {'SCARD', key('set')}, {'SISMEMBER', key('set'), '1'}, {'SSCAN', key('set'), '0'}, {'SREM', key('set'), '1'},
  {'ZADD', key('zset'), '1', '1'}, {'ZCARD', key('zset')}, {'ZSCORE', key('zset'), '1'},
  {'ZMSCORE', key('zset'), '1'}, {'ZRANGE', key('zset'), '0', '0'},
  {'ZRANGEBYSCORE', key('zset'), '0', '1'}, {'ZSCAN', key('zset'), '0'}, {'ZREM', key('zset'), '1'},
  {'HSET', key('hash'), 'a', '1'}, {'HGET', key('hash'), 'a'}, {'HMGET', key('hash'), 'a'},
  {'HGETALL', key('hash')}, {'HLEN', key('hash')}, {'HDEL', key('hash'), 'a'},
  {'PUBLISH', prefix .. 'processor:check', ''},
  {'DEL', key('string'), key('list'), key('set'), key('zset'), key('hash')},
}) do
  local reply = redis.pcall(unpack(call))
  local refusal = type(reply) == 'table' and reply.err or ''
  local optional = call[1] == 'INFO'
  if not optional and (string.find(refusal, 'NOPERM') or string.find(refusal, 'ACL')
    or string.find(refusal, "can't run this command") or string.find(refusal, 'Unknown Redis command')
    or string.find(refusal, 'unknown command') or string.find(refusal, "can't access")) then
    lacking[#lacking + 1] = call[1]
  end
end
return lacking
