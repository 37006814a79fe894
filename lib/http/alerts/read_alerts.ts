import { listFirings } from "../../database/alert_firings.ts";
import { listAlertRules, listAlertTargets, shownTarget } from "../../database/alert_rules.ts";
import type { Node } from "../../node/node.ts";

const SHOWN_FIRINGS = 100;

/** Returns the alerts for the page and the API, without secrets. Throws `DatabaseUnreachableError`. */
export async function readAlerts({ database: { sql } }: Pick<Node, "database">) {
  const [rules, targets, firings] = await Promise.all([
    listAlertRules(sql),
    listAlertTargets(sql),
    listFirings(sql, { limit: SHOWN_FIRINGS }),
  ]);
  return { rules, targets: targets.map(shownTarget), firings };
}
