import { HttpError } from "fresh";
import { newAlertRule, newAlertTarget } from "../../wire/alerts.ts";
import { validate } from "../validate.ts";
import type { AlertActions } from "./alert_actions.ts";

const HOUR_S = 3_600;

/** The result of a form on the alerts page, for its notice. */
export type AlertFormResult =
  | { kind: "saved" | "deleted" | "done" }
  | { kind: "tested"; status: number; ms: number }
  | { kind: "taken"; name: string }
  | { kind: "failed"; error: string };

/** The forms that operators may submit; the others require the admin role. */
export const OPERATOR_FORMS: readonly string[] = [
  "acknowledge",
  "mute",
  "unmute",
  "muteAll",
  "unmuteAll",
];

/** Executes a form of the alerts page. Throws an `HttpError` 400 that names an invalid value. */
export async function submitAlertForm(
  actions: AlertActions,
  form: FormData,
): Promise<AlertFormResult> {
  const text = (name: string) => String(form.get(name) ?? "");
  const id = (name: string) => Number(text(name));
  // An empty field is missing; as a number it would be 0.
  const number = (name: string) => text(name).trim() === "" ? undefined : Number(text(name));
  switch (text("do")) {
    case "save": {
      const rule = validate(newAlertRule, {
        name: text("name"),
        measure: text("measure"),
        threshold: number("threshold"),
        for_seconds: number("for_seconds"),
        target_ids: form.getAll("target").map(Number),
        browser: form.has("browser"),
        notify_resolved: form.has("notify_resolved"),
        enabled: form.has("enabled"),
      });
      const known = text("rule") === "new" ? null : id("rule");
      const saved = await actions.save(known, rule);
      return saved === null ? { kind: "taken", name: rule.name } : { kind: "saved" };
    }
    case "delete":
      await actions.remove(id("rule"));
      return { kind: "deleted" };
    case "acknowledge":
      await actions.acknowledge(id("firing"));
      return { kind: "done" };
    case "mute":
      await actions.mute(id("rule"), HOUR_S);
      return { kind: "done" };
    case "unmute":
      await actions.mute(id("rule"), 0);
      return { kind: "done" };
    case "muteAll":
      await actions.mute(null, HOUR_S);
      return { kind: "done" };
    case "unmuteAll":
      await actions.mute(null, 0);
      return { kind: "done" };
    case "add": {
      const target = validate(newAlertTarget, {
        name: text("name"),
        kind: text("kind"),
        url: text("url"),
        secret: text("secret") || null,
        language: text("language"),
      });
      const added = await actions.addTarget(target);
      return added === null ? { kind: "taken", name: target.name } : { kind: "saved" };
    }
    case "remove":
      await actions.removeTarget(id("target"));
      return { kind: "deleted" };
    case "test": {
      const result = await actions.testTarget(id("target"), AbortSignal.timeout(15_000));
      if (!result.delivered) return { kind: "failed", error: result.error ?? "" };
      return { kind: "tested", status: result.status ?? 0, ms: result.ms };
    }
    default:
      throw new HttpError(400, "do is unknown");
  }
}
