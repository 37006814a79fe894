import { type ComponentChild, h } from "preact";
import { HttpError } from "../shared/http_error.ts";
import { codeFrame } from "./code_frame.ts";

/** The URL path of an overlay's document on the development server. */
export const OVERLAY_PATH = "/_frsh/error_overlay";

/** The data that an overlay shows about an error. */
export type ShownError = { message: string; stack?: string; "code-frame"?: string };

/** Returns the data of an overlay, or undefined for a client error. */
export function shownError(error: unknown, root: string): ShownError | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof HttpError && error.status < 500) return undefined;
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack = "" } = error;
  const frame = codeFrame(stack, root);
  return { message, stack, ...(frame !== undefined && { "code-frame": frame }) };
}

/** A frame over the whole page that shows an error, with the source location where it was thrown. */
export function ErrorOverlay({ error, root }: { error: unknown; root: string }): ComponentChild {
  const shown = shownError(error, root);
  if (shown === undefined) return null;
  return h("iframe", {
    id: "fresh-error-overlay",
    title: "Error",
    src: `${OVERLAY_PATH}?${new URLSearchParams(shown)}`,
    style: "position: fixed; inset: 0; z-index: 99999; width: 100%; height: 100%; border: none;",
  });
}
