import { isDeepStrictEqual } from "node:util";
import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Sql } from "../database/client.ts";
import { readSettings, writeSettings } from "../database/settings.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { formatCommand, parseCommand } from "./commands.ts";
import { type ProcessorSettings, processorSettings, type SettingsPatch } from "./settings.ts";

/** How soon a change is known that no command told of. */
const REFRESH_MS = 3_000;

export interface SettingsStoreParts {
  sql: Sql;
  bus: Bus;
  logger: Logger;
  /** What holds where the database says nothing. */
  defaults: ProcessorSettings;
}

/** The operator's settings: kept in Postgres, at hand on every node, known everywhere within a second. */
export interface SettingsStore extends AsyncDisposable {
  /** As this node knows them now. */
  current(): ProcessorSettings;
  /** As the database has them now. Throws `DatabaseUnreachableError`. */
  refresh(): Promise<ProcessorSettings>;
  /**
   * Writes what the patch holds, in one step, tells every node, and answers the settings. `by` says
   * who it was, for the record. Throws `DatabaseUnreachableError`.
   */
  change(patch: SettingsPatch, by: string): Promise<ProcessorSettings>;
  /**
   * Remembers the wish and commands every node to obey it. Throws `BrokerUnreachableError`, or
   * `DatabaseUnreachableError`; the wish is remembered only when neither is away.
   */
  command(action: "start" | "stop", by: string): Promise<void>;
  /** Calls the listener after each change, wherever it was made, until the answer is called. */
  onChange(listener: (settings: ProcessorSettings) => void): () => void;
}

/** Reads the settings and follows them from then on. */
export async function openSettingsStore(parts: SettingsStoreParts): Promise<SettingsStore> {
  const { sql, bus, logger, defaults } = parts;
  const listeners = new Set<(settings: ProcessorSettings) => void>();
  const complained = new Map<string, string>();
  let settings = defaults;
  // Reads follow each other, so that an earlier one never overwrites what a later one found.
  let reading: Promise<unknown> = Promise.resolve();

  async function read(): Promise<ProcessorSettings> {
    const found = { ...defaults, ...known(await readSettings(sql)) };
    if (!isDeepStrictEqual(found, settings)) {
      settings = found;
      for (const listener of listeners) listener(settings);
    }
    return settings;
  }

  /** What of the stored settings is ours and can be. */
  function known(stored: Record<string, unknown>): Partial<ProcessorSettings> {
    const found: [string, unknown][] = [];
    for (const [name, schema] of Object.entries(processorSettings.shape)) {
      if (!(name in stored)) continue;
      const parsed = schema.safeParse(stored[name]);
      if (parsed.success) found.push([name, parsed.data]);
      else complain(name, JSON.stringify(stored[name]));
    }
    return Object.fromEntries(found);
  }

  function complain(name: string, value: string) {
    if (complained.get(name) === value) return;
    complained.set(name, value);
    logger.error("The setting {name} cannot be {value}; its default holds.", { name, value });
  }

  function refresh(): Promise<ProcessorSettings> {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  async function write(patch: SettingsPatch, by: string) {
    await writeSettings(sql, patch, by);
    return await refresh();
  }

  /** What fails in the background is tried again by the next refresh. */
  function inBackground(work: Promise<unknown>) {
    work.catch((error) => {
      if (error instanceof DatabaseUnreachableError) return;
      logger.error("Cannot follow the settings: {error}", { error: toError(error) });
    });
  }

  function onMessage(message: string) {
    const command = parseCommand(message);
    // A command to one node concerns no setting.
    if (command === null || "node" in command) return;
    const { action, remembered } = command;
    if (action === "reload_config" || remembered) inBackground(refresh());
    else inBackground(write({ enabled: action === "start" }, "command"));
  }

  await refresh();
  const subscription = await bus.subscribe(CHANNELS.commands, onMessage);
  const timer = setInterval(() => inBackground(refresh()), REFRESH_MS);

  return {
    current: () => settings,
    refresh,
    async change(patch, by) {
      const changed = await write(patch, by);
      await bus.publish(CHANNELS.commands, formatCommand("reload_config", new Date())).catch(
        (error) =>
          logger.warning("Other nodes hear of the new settings in some seconds: {error}", {
            error: toError(error),
          }),
      );
      return changed;
    },
    async command(action, by) {
      // Asked first: with the broker away nothing is done, rather than half of it.
      await bus.recentLogs({ limit: 1 });
      await write({ enabled: action === "start" }, by);
      await bus.publish(CHANNELS.commands, formatCommand(action, new Date()));
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
