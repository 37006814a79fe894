import { isDeepStrictEqual } from "node:util";
import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Sql } from "../database/postgres_client.ts";
import { audited, type EventRecorder } from "../database/event_recorder.ts";
import { readSettings, writeSettings } from "../database/system_settings.ts";
import { type Actor, formatActor, namedActor } from "../wire/actor.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { formatCommand, parseCommand } from "./node_commands.ts";
import {
  type ProcessorSettings,
  processorSettings,
  type SettingName,
  type SettingsPatch,
} from "../wire/settings.ts";

const ANOTHER_PROGRAM = namedActor("another program");

/** The polling interval for changes without a command. */
const REFRESH_MS = 3_000;

/** Settings were changed since the caller read them; nothing is stored. */
export class SettingsChangedError extends Error {
  override readonly name = "SettingsChangedError";

  constructor(
    readonly changed: readonly SettingName[],
    /** The stored values. */
    readonly current: ProcessorSettings,
  ) {
    super(`Changed meanwhile: ${changed.join(", ")}`);
  }
}

export interface SettingsStoreParts {
  sql: Sql;
  bus: Bus;
  events: Pick<EventRecorder, "record">;
  logger: Logger;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** The values used for unset settings. */
  defaults: ProcessorSettings;
}

/** The operator's settings: stored in Postgres, cached on every node, propagated within a second. */
export interface SettingsStore extends AsyncDisposable {
  /** Returns the cached settings. */
  current(): ProcessorSettings;
  /** Returns the settings from the database. Throws `DatabaseUnreachableError`. */
  refresh(): Promise<ProcessorSettings>;
  /**
   * Stores a patch atomically, notifies every node and returns the settings. `by` is the actor for the audit
   * log. Throws `DatabaseUnreachableError`, and `SettingsChangedError` if settings are stored that are neither as in
   * `base`, which the caller has read, nor as in the patch.
   */
  change(patch: SettingsPatch, by: Actor, base?: SettingsPatch): Promise<ProcessorSettings>;
  /**
   * Stores the desired state and sends the command to every node; leaves no event if that was the desired state. Throws `BrokerUnreachableError` or
   * `DatabaseUnreachableError` before any change.
   */
  command(action: "start" | "stop", by: Actor): Promise<void>;
  /** Calls the listener after each change on any node, until the returned function is called. */
  onChange(listener: (settings: ProcessorSettings) => void): () => void;
}

/** Reads the settings and keeps them up to date. */
export async function openSettingsStore(parts: SettingsStoreParts): Promise<SettingsStore> {
  const { sql, bus, events, logger, now, defaults } = parts;
  const listeners = new Set<(settings: ProcessorSettings) => void>();
  const complete = createCompletion(defaults, logger);
  let settings = defaults;
  // Reads are serialized, so that an earlier one never overwrites the result of a later one.
  let reading: Promise<unknown> = Promise.resolve();

  async function read(): Promise<ProcessorSettings> {
    const found = complete(await readSettings(sql));
    if (!isDeepStrictEqual(found, settings)) {
      settings = found;
      for (const listener of listeners) listener(settings);
    }
    return settings;
  }

  function refresh(): Promise<ProcessorSettings> {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  /** Stores a patch and returns the names of the settings that it changed; an unset one had its default. */
  async function write(
    patch: SettingsPatch,
    by: string,
    base: SettingsPatch = {},
  ): Promise<string[]> {
    const changes = await writeSettings(sql, patch, by, (stored) => {
      const current = complete(stored);
      const changed = changedSince(current, patch, base);
      if (changed.length > 0) throw new SettingsChangedError(changed, current);
    });
    await refresh();
    return changes.flatMap(({ key, old, new: value }) => {
      const before: Record<string, unknown> = complete(old === null ? {} : { [key]: old });
      return isDeepStrictEqual(before[key], value) ? [] : key;
    });
  }

  /** Another program's command reaches every node; the first to store it records the event. */
  async function remember(action: "start" | "stop") {
    const changed = await write({ enabled: action === "start" }, "command");
    if (changed.length === 0) return;
    await events.record({ kind: action, subject: null, counts: {} }, { actor: ANOTHER_PROGRAM });
  }

  /** The next refresh retries background failures. */
  const inBackground = (work: Promise<unknown>) =>
    work.catch((error) => logUnlessAway(logger, error));

  function onMessage(message: string) {
    const command = parseCommand(message);
    // A command to one node does not affect settings.
    if (command === null || "node" in command) return;
    const { action, remembered } = command;
    if (action === "reload_config" || remembered) inBackground(refresh());
    else inBackground(remember(action));
  }

  await refresh();
  const subscription = await bus.subscribe(CHANNELS.commands, onMessage);
  const timer = setInterval(() => inBackground(refresh()), REFRESH_MS);

  return {
    current: () => settings,
    refresh,
    async change(patch, by, base) {
      await auditedChange(events, by, patch, () => write(patch, formatActor(by), base));
      await notifyNodes(parts);
      return settings;
    },
    async command(action, by) {
      const entry = { kind: action, subject: null, counts: {} };
      await audited(events, by, (changed) => changed?.length === 0 ? null : entry, async () => {
        // Checked first, so that nothing is changed during an outage of the broker.
        await bus.recentLogs({ limit: 1 });
        const changed = await write({ enabled: action === "start" }, formatActor(by));
        await bus.publish(CHANNELS.commands, formatCommand(action, now()));
        return changed;
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await subscription[Symbol.asyncDispose]();
      await reading;
    },
  };
}

/** Returns a function that completes stored settings by the defaults; it logs each invalid value once. */
function createCompletion(defaults: ProcessorSettings, logger: Logger) {
  const logged = new Map<string, string>();

  function log(setting: string, value: string) {
    if (logged.get(setting) === value) return;
    logged.set(setting, value);
    logger.error("The value {value} of the setting {setting} is invalid; its default applies.", {
      setting,
      value,
    });
  }

  return (stored: Record<string, unknown>): ProcessorSettings => {
    const found: [string, unknown][] = [];
    for (const [name, schema] of Object.entries(processorSettings.shape)) {
      if (!(name in stored)) continue;
      const parsed = schema.safeParse(stored[name]);
      if (parsed.success) found.push([name, parsed.data]);
      else log(name, JSON.stringify(stored[name]));
    }
    return { ...defaults, ...Object.fromEntries(found) };
  };
}

/** Returns the names of the settings that are neither as in `base` nor as in the patch. */
function changedSince(
  now: ProcessorSettings,
  patch: SettingsPatch,
  base: SettingsPatch,
): SettingName[] {
  return (Object.keys(base) as SettingName[]).filter((name) =>
    !isDeepStrictEqual(now[name], base[name]) && !isDeepStrictEqual(now[name], patch[name])
  );
}

/** The other nodes poll for changes, too. */
function notifyNodes({ bus, logger, now }: SettingsStoreParts): Promise<void> {
  return bus.publish(CHANNELS.commands, formatCommand("reload_config", now())).catch((error) =>
    logger.warning(
      "Cannot notify the other nodes of new settings; they poll for them within seconds: {error}",
      { error: toError(error) },
    )
  );
}

/** Stores a patch by `work`, which returns the names of what it changed, and records that, if it is anything. */
async function auditedChange(
  events: Pick<EventRecorder, "record">,
  by: Actor,
  patch: SettingsPatch,
  work: () => Promise<string[]>,
): Promise<void> {
  const describe = (changed: readonly string[]) =>
    ({ kind: "settings", subject: changed.join(", "), counts: {} }) as const;
  const outcome = await audited(
    events,
    by,
    (changed) =>
      changed instanceof Error || changed?.length === 0
        ? null
        : describe(changed ?? Object.keys(patch)),
    // A refusal is no failed change, of which there would be an event.
    () => work().catch(returnRefusal),
  );
  if (outcome instanceof Error) throw outcome;
}

function returnRefusal(error: unknown): SettingsChangedError {
  if (error instanceof SettingsChangedError) return error;
  throw error;
}

function logUnlessAway(logger: Logger, error: unknown) {
  if (error instanceof DatabaseUnreachableError) return;
  logger.error("Cannot check for changed settings: {error}", { error: toError(error) });
}
