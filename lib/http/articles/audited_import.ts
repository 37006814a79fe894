import type { EventRecorder } from "../../database/event_recorder.ts";
import { type ImportProgress, ImportStoppedError } from "../../intake/import_articles.ts";
import type { Actor } from "../../wire/actor.ts";

/** Runs an import and records it in the audit log with its counts, even if it stops early. */
export async function auditedImport<T extends ImportProgress>(
  { events }: { events: Pick<EventRecorder, "record"> },
  { by, name }: { by: Actor; name: string | null },
  work: () => Promise<T>,
): Promise<T> {
  const record = (result: "succeeded" | "failed", figures: ImportProgress | null) => {
    const { accepted = 0, duplicates = 0, rejected_total: rejected = 0 } = figures ?? {};
    const counts = { accepted, duplicates, rejected };
    return events.record({ kind: "import", subject: name, counts }, { actor: by, result });
  };
  try {
    const figures = await work();
    await record("succeeded", figures);
    return figures;
  } catch (error) {
    await record("failed", error instanceof ImportStoppedError ? error.progress : null);
    throw error;
  }
}
