import { alertOperations } from "./alert_operations.ts";
import { articleOperations } from "./article_operations.ts";
import { eventOperations } from "./event_operations.ts";
import { failureOperations } from "./failure_operations.ts";
import { nodeOperations } from "./node_operations.ts";
import type { Operations } from "./operation.ts";
import { logOperations } from "./log_operations.ts";
import { processorOperations } from "./processor_operations.ts";
import { searchOperations } from "./search_operations.ts";

/** All operations of the API. */
export const OPERATIONS = {
  ...articleOperations,
  ...processorOperations,
  ...logOperations,
  ...failureOperations,
  ...alertOperations,
  ...eventOperations,
  ...nodeOperations,
  ...searchOperations,
} satisfies Operations;
