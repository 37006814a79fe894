-- Functions that move active ids of a node to the right of pending, where they are taken next.

local function check_returning(node)
  check_permitted('SREM', active_of(node), '')
  check_permitted('ZREM', LEASES, '')
end

local function return_ids(node, ids)
  variadic('RPUSH', PENDING, ids)
  variadic('SREM', active_of(node), ids)
end

-- Moves all of them and ends the node's lease.
local function requeue_active(node)
  check_returning(node)
  local ids = redis.call('SMEMBERS', active_of(node))
  return_ids(node, ids)
  redis.call('ZREM', LEASES, node)
  return #ids
end
