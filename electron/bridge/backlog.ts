import type { Clock } from "../../shared/clock.ts";
import type { Inbox, InboxItem } from "./inbox.ts";
import { DISK_RETRY_MS, type StorageWatch } from "./storage-watch.ts";
import type { Job } from "./work-job.ts";

/** As many items are in memory, and as many characters of them; the rest is on the disk alone until there is room. */
export const MAX_IN_MEMORY = 2_000;
const MAX_LENGTH_IN_MEMORY = 20_000_000;

/** The items that are to be worked: some in memory, the rest counted. */
export interface Backlog extends Disposable {
  /** An item that was just taken; false where there is no room: it comes back from the disk in its turn. */
  add(job: Job): boolean;
  /** An item that the disk would not give again, since it has passed its place: always in memory. */
  addAtOnce(job: Job): void;
  /** The item is done. */
  remove(job: Job): void;
  /** Items of before are to be worked, from this position on. */
  rewind(position: number, count: number): void;
  /** Reads what the disk has from before; resolves when the first of it is in memory. */
  load(count: number): Promise<void>;
  jobs(): Iterable<Job>;
  /** `beyond`: on the disk alone. */
  size(): { readonly memory: number; readonly beyond: number };
}

/**
 * Bounds the memory that waiting items take: beyond the limit they are only counted, and read from the inbox in their
 * order when there is room again. What was there at the start comes the same way.
 */
export function createBacklog(options: {
  readonly inbox: Pick<Inbox, "unfinished">;
  readonly storage: StorageWatch;
  readonly clock: Clock;
  readonly push: (job: Job) => void;
  /** Makes a job of an item from the disk; null where it is not to be worked now. */
  readonly admit: (item: InboxItem) => Job | null;
  /** How many unfinished items of the disk `admit` may refuse. */
  readonly refusable: () => number;
  readonly changed: () => void;
  readonly maxItems?: number;
}): Backlog {
  const { inbox, storage, clock, push, admit, maxItems = MAX_IN_MEMORY } = options;
  const jobs = new Map<string, Job>();
  let length = 0;
  /** Everything up to this position is in memory, or done. */
  let cursor = -1;
  let beyond = 0;
  let complete = true;
  let closed = false;
  let cancel = (): void => {};
  /** What happened while the disk was being read: something came that it may not have seen; these were done that it may have. */
  let reading: { missed: boolean; readonly done: Set<string> } | null = null;

  const hasRoom = (): boolean => jobs.size < maxItems && length < MAX_LENGTH_IN_MEMORY;

  const put = (job: Job): void => {
    jobs.set(job.item.id, job);
    length += job.item.text.length;
    push(job);
  };

  const refill = async (): Promise<void> => {
    if (reading !== null || closed) return;
    const now = { missed: false, done: new Set<string>() };
    reading = now;
    const limit = maxItems + options.refusable();
    const page = await inbox.unfinished(cursor, limit);
    reading = null;
    storage.outcome(page);
    if (closed) return;
    if (!page.ok) {
      cancel();
      cancel = clock.after(DISK_RETRY_MS, () => void refill());
      return;
    }
    let read = 0;
    for (const item of page.value) {
      const known = jobs.has(item.id) || now.done.has(item.id);
      if (!known && !hasRoom()) break;
      read += 1;
      cursor = item.position;
      const job = known ? null : admit(item);
      if (job === null) continue;
      beyond = Math.max(0, beyond - 1);
      put(job);
    }
    complete = read === page.value.length && read < limit && !now.missed;
    if (complete) beyond = 0;
    options.changed();
    if (!complete) refillIfLow();
  };

  const refillIfLow = (): void => {
    if (!complete && jobs.size < maxItems / 2) void refill();
  };

  return {
    add(job) {
      if (jobs.has(job.item.id)) return true;
      if (complete && reading === null && hasRoom()) {
        put(job);
        return true;
      }
      complete = false;
      beyond += 1;
      if (reading !== null) reading.missed = true;
      refillIfLow();
      return false;
    },
    addAtOnce(job) {
      if (!jobs.has(job.item.id)) put(job);
    },
    remove(job) {
      if (jobs.delete(job.item.id)) length -= job.item.text.length;
      reading?.done.add(job.item.id);
      refillIfLow();
      options.changed();
    },
    rewind(position, count) {
      cursor = Math.min(cursor, position - 1);
      beyond += count;
      complete = false;
      if (reading !== null) reading.missed = true;
      refillIfLow();
    },
    load(count) {
      complete = false;
      beyond = count;
      return refill();
    },
    jobs: () => jobs.values(),
    size: () => ({ memory: jobs.size, beyond }),
    [Symbol.dispose]() {
      closed = true;
      cancel();
    },
  };
}
