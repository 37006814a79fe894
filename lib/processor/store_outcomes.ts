import { fingerprint } from "../article/fingerprint.ts";
import type { Failure, Outcome } from "../article/outcome.ts";
import { retryDelayMs } from "../article/retry_backoff.ts";
import { stateAfterFailure } from "../article/dead_letter.ts";
import type { LoadedArticle } from "../database/load_batch.ts";
import type { Settled, Settlement } from "../database/settle.ts";
import { DataRefusedError, toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";

/** How often an article must be refused alone, while other results can be stored, to count as the cause. */
const PROOFS = 3;
/** The delay before the second try of a doubtful article; it grows linearly. */
const DOUBT_MS = 500;
const LONGEST_DOUBT_MS = 30_000;

/** An outcome to be stored, with its article. */
export interface Computed {
  outcome: Outcome;
  loaded: LoadedArticle;
}

export interface StoreParts {
  /**
   * Writes settlements in one transaction; retries during outages, throws any other error, including
   * `UnexplainedRefusalError`.
   */
  store: (settlements: Settlement[]) => Promise<Settled>;
  /** Resolves once Postgres can store a harmless result, which is rolled back. */
  proveWritable: () => Promise<void>;
  retryMax: number;
  random: () => number;
  /** Aborted at shutdown; then no article counts as the cause. */
  signal: AbortSignal;
}

/** An article that was refused alone, while the error does not show whether the article is the cause. */
export interface Doubtful {
  computed: Computed;
  error: Error;
}

/** The stored outcomes; `settled` is null when nothing was stored. */
export interface Stored {
  settlements: Settlement[];
  settled: Settled | null;
  doubtful: Doubtful[];
}

/**
 * Stores outcomes in one transaction. If Postgres refuses it, bisects down to the refused article and stores
 * the others, once a harmless result can be stored. If Postgres then rejects the data of the refused one again, it is
 * stored as failed; otherwise it is doubtful.
 */
export async function storeOutcomes(computed: Computed[], parts: StoreParts): Promise<Stored> {
  const settlements = computed.map((each) => decide(each, parts));
  try {
    return { settlements, settled: await parts.store(settlements), doubtful: [] };
  } catch (thrown) {
    const [only] = computed;
    if (parts.signal.aborted || only === undefined) throw thrown;
    if (computed.length > 1) {
      await parts.proveWritable();
      const middle = computed.length >> 1;
      const first = await storeOutcomes(computed.slice(0, middle), parts);
      return mergeStored(first, await storeOutcomes(computed.slice(middle), parts));
    }
    if (only.outcome.kind === "processed" && thrown instanceof DataRefusedError) {
      return await storeRejected(only, parts);
    }
    return doubtfully(only, thrown);
  }
}

/** Retries a result whose data were rejected: a constraint or a sequence may have rejected all results. */
async function storeRejected(computed: Computed, parts: StoreParts): Promise<Stored> {
  const settlements = [decide(computed, parts)];
  await parts.proveWritable();
  try {
    return { settlements, settled: await parts.store(settlements), doubtful: [] };
  } catch (thrown) {
    if (parts.signal.aborted) throw thrown;
    return thrown instanceof DataRefusedError
      ? await storeOutcomes([failed(computed, thrown)], parts)
      : doubtfully(computed, thrown);
  }
}

function doubtfully(computed: Computed, thrown: unknown): Stored {
  return { settlements: [], settled: null, doubtful: [{ computed, error: toError(thrown) }] };
}

/**
 * Retries a doubtful article alone, while other results can be stored before and after each try. Stores it
 * as failed after several refusals; waits for the end of outages in between. Retries an article that cannot
 * be stored in any way with growing delays.
 */
export async function storeDoubtful({ computed, error }: Doubtful, parts: StoreParts) {
  let refusal = error;
  for (let refusals = 1;; refusals++) {
    await parts.proveWritable();
    const isProven = refusals > PROOFS;
    if (refusals !== PROOFS + 1) {
      await sleep(Math.min(DOUBT_MS * refusals, LONGEST_DOUBT_MS), parts.signal);
    }
    parts.signal.throwIfAborted();
    const stored = await storeOutcomes([isProven ? failed(computed, refusal) : computed], parts);
    const [again] = stored.doubtful;
    if (again === undefined) return stored;
    refusal = again.error;
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
  const next = stateAfterFailure(tries, parts.retryMax);
  const dueInMs = next === "retry" ? retryDelayMs(tries, parts.random) : null;
  return {
    kind: "failed",
    id,
    revision,
    groupId,
    next,
    dueInMs,
    failure,
    fingerprint: fingerprint(failure),
  };
}

function failed({ outcome: { id }, loaded }: Computed, thrown: unknown): Computed {
  const { message, stack } = toError(thrown);
  const failure: Failure = {
    reason: "threw",
    message: `Postgres refuses the result: ${message}`,
    stack: stack ?? null,
  };
  return { loaded, outcome: { kind: "failed", id, failure } };
}

/** Merges the results of two transactions: the later one's tally is absolute and includes what both added. */
function mergeStored(first: Stored, second: Stored): Stored {
  const settled = first.settled === null || second.settled === null
    ? second.settled ?? first.settled
    : {
      ...second.settled,
      states: [...first.settled.states, ...second.settled.states],
      added: sumOf(first.settled.added, second.settled.added),
    };
  return {
    settlements: [...first.settlements, ...second.settlements],
    settled,
    doubtful: [...first.doubtful, ...second.doubtful],
  };
}

function sumOf(one: Settled["added"], other: Settled["added"]): Settled["added"] {
  return {
    processed: one.processed + other.processed,
    failed: one.failed + other.failed,
    retried: one.retried + other.retried,
    elapsedMs: one.elapsedMs + other.elapsedMs,
  };
}
