/** An event that waits to be delivered: `body` is the exact text that every attempt sends, under the same `key`. */
export interface WebhookEvent {
  readonly event: string;
  readonly body: string;
  readonly key: string;
}

export interface WebhookQueue {
  /** Adds an event and gives how many had to go to make room; the one that was added may be among them. */
  add(event: WebhookEvent): number;
  /** Takes out the oldest, if there is one. */
  take(): WebhookEvent | undefined;
  size(): number;
  /** Empties it and gives how many were in it. */
  clear(): number;
}

/** The event that is worth least once it is late: the next one says the same. */
export const LEAST_EVENT = "heartbeat";
/** What the bodies of all that waits may take together, in UTF-16 code units: events of other kinds may be large. */
const MAX_CHARS = 8_000_000;

/**
 * Events in order, within `maxQueued`. Where there is no room the oldest heartbeat goes, else the oldest event. One
 * event is always held, however large it is.
 */
export function createWebhookQueue(maxQueued: number): WebhookQueue {
  let events: WebhookEvent[] = [];
  let chars = 0;
  let least = 0;

  const isOver = (): boolean => events.length > maxQueued || (chars > MAX_CHARS && events.length > 1);

  const remove = (index: number): WebhookEvent | undefined => {
    const removed = index === 0 ? events.shift() : events.splice(index, 1)[0];
    if (removed === undefined) return undefined;
    chars -= removed.body.length;
    if (removed.event === LEAST_EVENT) least -= 1;
    return removed;
  };

  return {
    add(event) {
      events.push(event);
      chars += event.body.length;
      if (event.event === LEAST_EVENT) least += 1;
      let gone = 0;
      while (isOver()) {
        remove(least === 0 ? 0 : events.findIndex((one) => one.event === LEAST_EVENT));
        gone += 1;
      }
      return gone;
    },
    take: () => remove(0),
    size: () => events.length,
    clear() {
      const gone = events.length;
      events = [];
      chars = 0;
      least = 0;
      return gone;
    },
  };
}
