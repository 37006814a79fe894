import { HttpError } from "fresh";
import { FORM_OUTDATED } from "../form_fields.ts";
import { newAlertRule, newAlertTarget } from "../../wire/alerts.ts";
import { ruleFields } from "../../dashboard/alerts/rule_draft.ts";
import { checkFields, type FieldFaults } from "../validate.ts";
import type { AlertActions } from "./alert_actions.ts";

const HOUR_S = 3_600;

/** The result of a form on the alerts page, for its notice. */
export type AlertFormResult =
  | { kind: "saved" | "deleted" | "done" }
  | { kind: "tested"; status: number; ms: number }
  | { kind: "refused"; faults: FieldFaults }
  | { kind: "failed"; error: string };

/** The forms that operators may submit; the others require the admin role. */
export const OPERATOR_FORMS: readonly string[] = [
  "acknowledge",
  "mute",
  "unmute",
  "muteAll",
  "unmuteAll",
];

/** Executes a form of the alerts page. Throws an `HttpError` 400 or 404 for one that the page does not offer. */
export async function submitAlertForm(
  actions: AlertActions,
  form: FormData,
): Promise<AlertFormResult> {
  const text = (name: string) => String(form.get(name) ?? "");
  const id = (name: string) => Number(text(name));
  switch (text("do")) {
    case "save": {
      const { data: rule, faults } = checkFields(
        newAlertRule,
        ruleFields({
          name: text("name"),
          measure: text("measure"),
          threshold: text("threshold"),
          for_seconds: text("for_seconds"),
          target_ids: form.getAll("target").map(Number),
          browser: form.has("browser"),
          notify_resolved: form.has("notify_resolved"),
          enabled: form.has("enabled"),
        }),
      );
      if (rule === null) return { kind: "refused", faults };
      const known = text("rule") === "new" ? null : id("rule");
      return await orRefused(
        "target_ids",
        async () =>
          await actions.save(known, rule) ??
            nameTaken(`There is a rule named ${rule.name} already`),
      );
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
      const { data: target, faults } = checkFields(newAlertTarget, {
        name: text("name"),
        kind: text("kind"),
        url: text("url"),
        secret: text("secret") || null,
        language: text("language"),
      });
      if (target === null) return { kind: "refused", faults };
      return await orRefused("url", async () =>
        await actions.addTarget(target) ??
          nameTaken(`There is a target named ${target.name} already`));
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
      throw new HttpError(400, FORM_OUTDATED);
  }
}

function nameTaken(sentence: string): AlertFormResult {
  return { kind: "refused", faults: { name: sentence } };
}

/** Stores what a form describes; a refusal with 400 is a fault of `field`. */
async function orRefused(
  field: string,
  store: () => Promise<number | AlertFormResult>,
): Promise<AlertFormResult> {
  try {
    const stored = await store();
    return typeof stored === "number" ? { kind: "saved" } : stored;
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 400) throw error;
    return { kind: "refused", faults: { [field]: error.message } };
  }
}
