import { RENAME_FOREIGN } from "../../redis/foreign_value.ts";
import { luaConstants, type RedisScript, redisScript } from "../../redis/redis_script.ts";
import { NODE_SUMS } from "../../wire/node_sums.ts";
import * as limits from "../queue_limits.ts";
import * as liveness from "../node_liveness.ts";
import adopt from "./adopt.lua" with { type: "text" };
import beat from "./beat.lua" with { type: "text" };
import checkRights from "./check_rights.lua" with { type: "text" };
import claim from "./claim.lua" with { type: "text" };
import clock from "./clock.lua" with { type: "text" };
import cluster from "./cluster.lua" with { type: "text" };
import coldEpoch from "./cold_epoch.lua" with { type: "text" };
import counts from "./counts.lua" with { type: "text" };
import requeueActive from "./requeue_active.lua" with { type: "text" };
import heartbeat from "./heartbeat.lua" with { type: "text" };
import leave from "./leave.lua" with { type: "text" };
import locate from "./locate.lua" with { type: "text" };
import nodeRows from "./node_rows.lua" with { type: "text" };
import nodes from "./nodes.lua" with { type: "text" };
import place from "./place.lua" with { type: "text" };
import placing from "./placing.lua" with { type: "text" };
import prelude from "./prelude.lua" with { type: "text" };
import reconcile from "./reconcile.lua" with { type: "text" };
import releaseLock from "./release_lock.lua" with { type: "text" };
import remove from "./remove.lua" with { type: "text" };
import renewLock from "./renew_lock.lua" with { type: "text" };
import rescue from "./rescue.lua" with { type: "text" };
import restoreTotals from "./restore_totals.lua" with { type: "text" };
import returning from "./returning.lua" with { type: "text" };
import rewind from "./rewind.lua" with { type: "text" };
import scanFailed from "./scan_failed.lua" with { type: "text" };
import serverInfo from "./server_info.lua" with { type: "text" };
import renameForeign from "./rename_foreign.lua" with { type: "text" };
import settle from "./settle.lua" with { type: "text" };
import dropRemoved from "./drop_removed.lua" with { type: "text" };
import take from "./take.lua" with { type: "text" };
import takeLock from "./take_lock.lua" with { type: "text" };
import totals from "./totals.lua" with { type: "text" };

/** The constants that scripts share with the TypeScript side, and the helpers that every script may use. */
const CONSTANTS = luaConstants({ ...liveness, ...limits });
const SHARED = [CONSTANTS, clock, prelude];

const NODE_SUM_PAIRS = luaConstants({ NODE_SUMS: Object.entries(NODE_SUMS) });

/** The queue's Lua scripts, by what they do. Each file documents its arguments and its reply. */
export const SCRIPTS = {
  adopt: redisScript(...SHARED, adopt),
  checkRights: redisScript(...SHARED, checkRights),
  claim: redisScript(...SHARED, claim),
  coldEpoch: redisScript(...SHARED, coldEpoch),
  counts: redisScript(...SHARED, counts),
  requeueActive: redisScript(...SHARED, returning, requeueActive),
  leave: redisScript(...SHARED, leave),
  locate: redisScript(...SHARED, locate),
  nodes: redisScript(...SHARED, nodeRows, nodes),
  place: redisScript(...SHARED, placing, place),
  reconcile: redisScript(...SHARED, returning, reconcile),
  releaseLock: redisScript(...SHARED, releaseLock),
  remove: redisScript(...SHARED, remove),
  renewLock: redisScript(...SHARED, renewLock),
  heartbeat: redisScript(
    ...[CONSTANTS, clock, beat],
    // Only declared where a status is assembled.
    ...[prelude, NODE_SUM_PAIRS, nodeRows, cluster, heartbeat],
  ),
  rescue: redisScript(...SHARED, returning, rescue),
  restoreTotals: redisScript(...SHARED, totals, restoreTotals),
  rewind: redisScript(...SHARED, totals, rewind),
  scanFailed: redisScript(...SHARED, scanFailed),
  serverInfo: redisScript(...SHARED, serverInfo),
  renameForeign: redisScript(...SHARED, RENAME_FOREIGN, renameForeign),
  settle: redisScript(...SHARED, totals, placing, settle),
  dropRemoved: redisScript(...SHARED, dropRemoved),
  take: redisScript(...SHARED, take),
  takeLock: redisScript(...SHARED, takeLock),
} satisfies Record<string, RedisScript>;
