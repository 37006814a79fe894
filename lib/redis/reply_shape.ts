import { z } from "zod";

/** What the reply to a command looks like. */
export type ReplyShape<Reply> = z.ZodType<Reply>;

/** A reply that its command cannot have: it belongs to another command, or another program sent it. */
export class UnexpectedReplyError extends Error {
  override name = "UnexpectedReplyError";
}

/** Parses the reply to the command `args`. Throws `UnexpectedReplyError`, without the values of either. */
export function parseReply<Reply>(
  shape: ReplyShape<Reply>,
  reply: unknown,
  [name = ""]: string[],
): Reply {
  const parsed = shape.safeParse(reply);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnexpectedReplyError(
    `Unexpected reply to ${name}: ${issue?.message}`,
    { cause: parsed.error },
  );
}

/** The reply to a command that writes, such as SET. */
export const OK = z.literal("OK");
/** The reply to a script that returns nothing. */
export const NOTHING = z.null();
export const PONG = z.literal("PONG");
