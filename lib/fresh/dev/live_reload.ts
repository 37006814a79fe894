/** Tells open pages which build is current. */
export interface LiveReload {
  /** The build that was announced last. */
  readonly buildId: string | undefined;
  announce(buildId: string): void;
  /** A stream of the current build's id and of each after it, as server-sent events. */
  subscribe(): Response;
  /** Ends all streams. */
  close(): void;
}

/** A {@linkcode LiveReload} without a build. */
export function createLiveReload(): LiveReload {
  const streams = new Set<ReadableStreamDefaultController<string>>();
  let buildId: string | undefined;

  return {
    get buildId() {
      return buildId;
    },
    announce(id) {
      buildId = id;
      for (const stream of streams) stream.enqueue(`data: ${id}\n\n`);
    },
    subscribe() {
      let stream: ReadableStreamDefaultController<string>;
      const events = new ReadableStream<string>({
        start(controller) {
          stream = controller;
          streams.add(stream);
          stream.enqueue(`retry: 300\ndata: ${buildId}\n\n`);
        },
        cancel() {
          streams.delete(stream);
        },
      });
      return new Response(events.pipeThrough(new TextEncoderStream()), {
        headers: {
          "content-type": "text/event-stream",
          "cache-control": "no-store",
        },
      });
    },
    close() {
      for (const stream of streams) stream.close();
      streams.clear();
    },
  };
}
