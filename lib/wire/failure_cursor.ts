/** A position in the list of failures, latest failure first. */
export interface FailureCursor {
  /** The time of the last failure, in microseconds since the epoch, as Postgres stores it. */
  at: number;
  id: number;
}

/** A cursor as text, such as `1764208000000000.17`. */
export const FAILURE_CURSOR = /^(\d{1,16})\.(\d{1,16})$/;

export function formatFailureCursor({ at, id }: FailureCursor): string {
  return `${at}.${id}`;
}

/** Returns the cursor that a text stands for; null for other text. */
export function parseFailureCursor(text: string | null | undefined): FailureCursor | null {
  const [, at, id] = FAILURE_CURSOR.exec(text ?? "") ?? [];
  return at === undefined ? null : { at: Number(at), id: Number(id) };
}
