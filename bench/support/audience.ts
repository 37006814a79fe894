import { z } from "zod";
import { startPeer } from "./peer_process.ts";

/** A server of sockets that is to be listened to. */
export interface Stage {
  port: number;
  address: string;
  speaks: "websocket" | "socket.io";
}

const report = z.object({
  deliveries: z.number(),
  delays: z.array(z.tuple([z.number(), z.number()])),
});

/** What all sockets were sent since `begin`, and how long after each status was published they saw it, in ms. */
export type Heard = z.infer<typeof report>;

/** Many sockets in a process of their own. */
export interface Audience extends AsyncDisposable {
  /** Connects all but the few that are there from the start. */
  fill(): Promise<void>;
  begin(): Promise<void>;
  /** Resolves when each socket has seen this status or a later one. */
  untilSeen(seq: number): Promise<void>;
  report(): Promise<Heard>;
}

/** Starts it, with its first few sockets connected. */
export async function startAudience(stage: Stage, sockets: number): Promise<Audience> {
  const peer = await startPeer("audience", "node", {
    PORT: String(stage.port),
    ADDRESS: stage.address,
    SPEAKS: stage.speaks,
    COUNT: String(sockets),
  });
  const answerTo = async (line: string) => {
    await peer.say(line);
    return await peer.nextLine();
  };
  await peer.nextLine();
  return {
    fill: async () => void await answerTo("connect"),
    begin: async () => void await answerTo("begin"),
    untilSeen: async (seq) => void await answerTo(`until ${seq}`),
    report: async () => report.parse(JSON.parse(await answerTo("report"))),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}
