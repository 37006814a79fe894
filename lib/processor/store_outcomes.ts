import { fingerprint } from "../article/fingerprint.ts";
import type { Failure, Outcome } from "../article/outcome.ts";
import { afterFailure, retryDelayMs } from "../article/retry_policy.ts";
import type { LoadedArticle } from "../database/load.ts";
import type { Settled, Settlement } from "../database/settle.ts";
import { toError } from "../runtime/errors.ts";

/** What is to be stored: an outcome, and the article that it was computed from. */
export interface Computed {
  outcome: Outcome;
  loaded: LoadedArticle;
}

export interface StoreParts {
  /** Writes settlements in one transaction; repeats through outages, throws what else goes wrong. */
  store: (settlements: Settlement[]) => Promise<Settled>;
  retryMax: number;
  now: () => number;
  random: () => number;
  /** Aborted when the node gives up; nothing is anybody's fault then. */
  signal: AbortSignal;
}

/** What was stored, as it was stored. */
export interface Stored {
  settlements: Settlement[];
  settled: Settled;
}

/**
 * Stores outcomes in one transaction. When Postgres refuses them, halves are tried, down to the one
 * article that it refuses, which then counts as failed with that reason: its neighbours are done.
 */
export async function storeOutcomes(computed: Computed[], parts: StoreParts): Promise<Stored> {
  const settlements = computed.map((each) => decide(each, parts));
  try {
    return { settlements, settled: await parts.store(settlements) };
  } catch (thrown) {
    const [only] = computed;
    if (parts.signal.aborted || only === undefined) throw thrown;
    if (computed.length > 1) {
      const middle = computed.length >> 1;
      const first = await storeOutcomes(computed.slice(0, middle), parts);
      return joined(first, await storeOutcomes(computed.slice(middle), parts));
    }
    if (only.outcome.kind === "failed") throw thrown;
    const outcome: Outcome = { kind: "failed", id: only.outcome.id, failure: refusal(thrown) };
    return await storeOutcomes([{ ...only, outcome }], parts);
  }
}

function decide({ outcome, loaded }: Computed, parts: StoreParts): Settlement {
  const { id, revision, groupId } = loaded;
  if (outcome.kind === "processed") {
    const { title, paragraphs } = outcome;
    return { kind: "processed", id, revision, groupId, title, paragraphs };
  }
  const { failure } = outcome;
  const tries = loaded.tries + 1;
  const next = afterFailure(tries, parts.retryMax);
  const dueAt = next === "retry" ? parts.now() + retryDelayMs(tries, parts.random) : null;
  return { kind: "failed", id, revision, next, dueAt, failure, fingerprint: fingerprint(failure) };
}

function refusal(thrown: unknown): Failure {
  const { message, stack } = toError(thrown);
  return {
    reason: "threw",
    message: `Postgres refuses the result: ${message}`,
    stack: stack ?? null,
  };
}

/** The tally is absolute, so that of the later transaction holds. */
function joined(first: Stored, second: Stored): Stored {
  return {
    settlements: [...first.settlements, ...second.settlements],
    settled: {
      ...second.settled,
      states: [...first.settled.states, ...second.settled.states],
    },
  };
}
