import type { Answerer } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Inbox, InboxItem, InboxOpening, Step, TakenMessage } from "../../electron/bridge/inbox.ts";

/** What a disk would hold; outlives the inboxes that are opened on it. */
export interface MemoryDisk {
  readonly items: Map<string, InboxItem>;
  readonly answerers: Map<string, number>;
  resumePoint: number | null;
  /** Every call fails with this. */
  fault: Fault | null;
  /** Every step that was kept, in order. */
  readonly steps: { readonly id: string; readonly step: Step }[];
  /** Calls of `unfinished`. */
  reads: number;
}

export function createMemoryDisk(): MemoryDisk {
  return { items: new Map(), answerers: new Map(), resumePoint: null, fault: null, steps: [], reads: 0 };
}

const OPEN = new Set(["received", "held", "forwarded", "replying"]);

/** An inbox that keeps its promises on a disk in memory; each call takes effect at once and answers a moment later. */
export function openMemoryInbox(disk: MemoryDisk): Inbox {
  const of = (kinds: ReadonlySet<string>): InboxItem[] => [...disk.items.values()].filter(({ step }) => kinds.has(step.kind)).toSorted((a, b) => a.position - b.position);
  const replyIds = [...disk.items.values()].flatMap(({ step }) => (step.kind === "answered" && step.replyId !== null ? [step.replyId] : []));
  const opening: InboxOpening = {
    resumePoint: disk.resumePoint,
    withAgents: [...disk.answerers].map(([conversationId, since]) => ({ conversationId, since })),
    replyIds,
    setAside: null,
    counts: { unfinished: of(OPEN).length, dead: of(new Set(["dead"])).length, uncertain: of(new Set(["uncertain"])).length },
  };
  const answer = async <T>(make: () => T): Promise<Result<T, Fault>> => {
    const result = disk.fault === null ? ok(make()) : err(disk.fault);
    await Promise.resolve();
    return result;
  };
  const keep = (item: InboxItem): void => {
    disk.items.set(item.id, item);
    disk.steps.push({ id: item.id, step: item.step });
  };
  const add = (message: TakenMessage, author: "customer" | "agent", step: Step): void => {
    keep({ ...message, position: disk.items.size, author, step });
  };
  return {
    opening,
    take: (message, step, resumePoint) =>
      answer(() => {
        if (resumePoint !== null) disk.resumePoint = resumePoint;
        if (disk.items.has(message.id)) return "known" as const;
        add(message, "customer", step);
        return "new" as const;
      }),
    resume: (point) =>
      answer(() => {
        disk.resumePoint = point;
        return null;
      }),
    put: (message, step) =>
      answer(() => {
        add(message, "agent", step);
        return null;
      }),
    step: (id, step) =>
      answer(() => {
        const item = disk.items.get(id);
        if (item === undefined) throw new Error(`a step of ${id}, which was never taken`);
        keep({ ...item, step });
        return null;
      }),
    answerer: (conversationId: string, answerer: Answerer, at: number) =>
      answer(() => {
        if (answerer === "agent") disk.answerers.set(conversationId, at);
        else disk.answerers.delete(conversationId);
        return null;
      }),
    unfinished: (after, limit) =>
      answer(() => {
        disk.reads += 1;
        return of(OPEN).filter(({ position }) => position > after).slice(0, limit);
      }),
    dead: (limit) => answer(() => of(new Set(["dead"])).toReversed().slice(0, limit)),
    uncertain: (limit) => answer(() => of(new Set(["uncertain"])).toReversed().slice(0, limit)),
    find: (id) => answer(() => disk.items.get(id) ?? null),
    communicationOf: (conversationId) => answer(() => [...disk.items.values()].findLast((item) => item.conversationId === conversationId)?.communicationId ?? null),
    counts: () => answer(() => ({ unfinished: of(OPEN).length, dead: of(new Set(["dead"])).length, uncertain: of(new Set(["uncertain"])).length })),
    async [Symbol.asyncDispose]() {},
  };
}
