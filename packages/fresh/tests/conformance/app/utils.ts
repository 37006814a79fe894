import { createDefine, HttpError } from "fresh";

export interface State {
  trail: string[];
}

export const define = createDefine<State>();

/** Throws if the query names this location. */
export function failAt(place: string, url: URL): void {
  if (url.searchParams.get("at") !== place) return;
  throw url.searchParams.has("gone") ? new HttpError(410, "gone") : new Error("secret detail");
}
