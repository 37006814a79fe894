import type { RedisLink } from "./redis_link.ts";

/** The channels of a connection with their listeners, which outlive its links. */
export interface Subscriptions {
  /** Subscribes a new link to every channel. */
  restore(link: RedisLink): Promise<void>;
  /**
   * Resolves once the server has confirmed the channel; rejects if it has not, or if `link` throws because there is
   * none.
   */
  add(channel: string, listener: {
    link: () => RedisLink;
    onMessage: (message: string) => void;
  }): Promise<Disposable>;
}

interface Subscription {
  listeners: Set<(message: string) => void>;
  /** Resolves once the server has confirmed it for the first time. */
  confirmed: Promise<void>;
}

export function createSubscriptions(): Subscriptions {
  const subscriptions = new Map<string, Subscription>();

  const deliver = (channel: string) => (message: string) =>
    subscriptions.get(channel)?.listeners.forEach((onMessage) => onMessage(message));

  return {
    async restore(link) {
      for (const channel of subscriptions.keys()) await link.subscribe(channel, deliver(channel));
    },
    async add(channel, { link, onMessage }) {
      // A new function, so that the same listener can subscribe twice.
      const listener = (message: string) => onMessage(message);
      const subscription = subscriptions.get(channel) ?? {
        listeners: new Set(),
        confirmed: link().subscribe(channel, deliver(channel)),
      };
      subscriptions.set(channel, subscription);
      subscription.listeners.add(listener);
      try {
        await subscription.confirmed;
      } catch (error) {
        if (subscriptions.get(channel) === subscription) subscriptions.delete(channel);
        throw error;
      }
      return { [Symbol.dispose]: () => void subscription.listeners.delete(listener) };
    },
  };
}
