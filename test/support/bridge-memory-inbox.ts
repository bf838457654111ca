import type { Answerer } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Inbox, InboxItem, InboxOpening, Returned, Step, TakenMessage } from "../../electron/bridge/inbox.ts";

/** What a disk would hold; outlives the inboxes that are opened on it. */
export interface MemoryDisk {
  readonly items: Map<string, InboxItem>;
  readonly answerers: Map<string, number>;
  resumePoint: number | null;
  /** Every call fails with this. */
  fault: Fault | null;
  /** Every call fails after so many more changes. */
  faultAfter: number | null;
  /** Every step that was kept, in order. */
  readonly steps: { readonly id: string; readonly step: Step }[];
  /** Calls of `unfinished`. */
  reads: number;
}

export function createMemoryDisk(): MemoryDisk {
  return { items: new Map(), answerers: new Map(), resumePoint: null, fault: null, faultAfter: null, steps: [], reads: 0 };
}

const FULL: Fault = { kind: "transport", code: "disk", detail: "the disk is full" };
const GONE: Fault = { kind: "policy", code: "not-found-here", detail: "no agent has the conversation" };
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
    const result = disk.fault === null && disk.faultAfter !== 0 ? ok(make()) : err(disk.fault ?? FULL);
    if (result.ok && disk.faultAfter !== null) disk.faultAfter -= 1;
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
  const withAgent = (conversationId: string) =>
    of(new Set(["with-agent"])).flatMap((item) => (item.step.kind === "with-agent" && item.conversationId === conversationId ? [{ ...item, step: item.step }] : []));
  const leaveBefore = ({ conversationId, position }: InboxItem): void => {
    for (const item of withAgent(conversationId)) if (item.position < position) keep({ ...item, text: "", step: { kind: "left" } });
  };
  const isHandedBack = (id: string, step: Step): boolean =>
    disk.fault === null && step.kind === "with-agent" && step.rule === null && !disk.answerers.has(disk.items.get(id)?.conversationId ?? "");
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
      isHandedBack(id, step) ? Promise.resolve(err(GONE)) : answer(() => {
        const item = disk.items.get(id);
        if (item === undefined) throw new Error(`a step of ${id}, which was never taken`);
        keep({ ...item, step });
        if (item.author === "agent" && step.kind === "answered") leaveBefore(item);
        return null;
      }),
    answerer: (conversationId: string, answerer: Answerer, at: number) =>
      answer((): Returned => {
        if (answerer === "agent") {
          disk.answerers.set(conversationId, at);
          return { ids: [], first: null };
        }
        disk.answerers.delete(conversationId);
        const returned = withAgent(conversationId).filter(({ step }) => step.rule === null);
        for (const item of returned) keep({ ...item, step: { kind: "received" } });
        return { ids: returned.map(({ id }) => id), first: returned[0]?.position ?? null };
      }),
    attended: (id) =>
      answer(() => {
        const item = disk.items.get(id);
        if (item !== undefined) leaveBefore(item);
        return null;
      }),
    unfinished: (after, limit) =>
      answer(() => {
        disk.reads += 1;
        return of(OPEN).filter(({ position }) => position > after).slice(0, limit);
      }),
    dead: (limit) => answer(() => of(new Set(["dead"])).toReversed().slice(0, limit)),
    withAgents: (limit) => answer(() => of(new Set(["with-agent"])).toReversed().slice(0, limit)),
    uncertain: (limit) => answer(() => of(new Set(["uncertain"])).toReversed().slice(0, limit)),
    find: (id) => answer(() => disk.items.get(id) ?? null),
    communicationOf: (conversationId) => answer(() => [...disk.items.values()].findLast((item) => item.conversationId === conversationId)?.communicationId ?? null),
    counts: () => answer(() => ({ unfinished: of(OPEN).length, dead: of(new Set(["dead"])).length, uncertain: of(new Set(["uncertain"])).length })),
    async [Symbol.asyncDispose]() {},
  };
}
