/** An event of the organisation. Its frame is made for the number that it is sent with. */
export interface OrganisationEvent {
  frame(sequenceId: number): string;
  /** Has a number, and is never sent. */
  readonly withheld: boolean;
  /** What goes over the wire before it and has no number. */
  readonly intruders: readonly string[];
}

/** An event in its place. */
export interface LoggedEvent {
  readonly sequenceId: number;
  readonly event: OrganisationEvent;
}

/** The events of the organisation, numbered from 1 without a gap; the last 10,000 are kept for those who resume. */
export interface EventLog {
  append(event: OrganisationEvent): LoggedEvent;
  /** What is kept of the events after a number, oldest first. */
  after(sequenceId: number): readonly LoggedEvent[];
  /** The number of the last event; 0 before the first. */
  last(): number;
  /** The number after which everything is still kept. */
  keptAfter(): number;
  /** Numbers what is kept anew, from 1. */
  renumber(): void;
}

const MAX_KEPT = 10_000;

/** An empty log. */
export function createEventLog(): EventLog {
  let events: OrganisationEvent[] = [];
  /** The number before that of the first event that is kept. */
  let base = 0;
  return {
    append(event) {
      events.push(event);
      // Cut now and then, so that a fast stream does not move ten thousand entries per event.
      if (events.length >= 2 * MAX_KEPT) {
        base += events.length - MAX_KEPT;
        events = events.slice(-MAX_KEPT);
      }
      return { sequenceId: base + events.length, event };
    },
    after(sequenceId) {
      const from = Math.max(0, sequenceId - base, events.length - MAX_KEPT);
      return events.slice(from).map((event, at) => ({ sequenceId: base + from + at + 1, event }));
    },
    last: () => base + events.length,
    keptAfter: () => base + Math.max(0, events.length - MAX_KEPT),
    renumber() {
      events = events.slice(-MAX_KEPT);
      base = 0;
    },
  };
}
