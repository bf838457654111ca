import type { Inbox, InboxItem, Step, TakenMessage } from "../../electron/bridge/inbox.ts";
import { WINDOW } from "../../electron/bridge/inbox.ts";
import { ok, type Result } from "../../shared/result.ts";

/** An inbox without a disk: what a bridge does with the ids and steps of messages, and nothing of what keeping them costs. */
export function openInboxWithoutDisk(): Inbox {
  const unfinished = new Map<string, InboxItem>();
  const known = new Set<string>();
  let position = 0;

  const add = (message: TakenMessage, author: InboxItem["author"], step: Step): void => {
    position += 1;
    known.add(message.id);
    const oldest = known.size > WINDOW ? known.values().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    if (step.kind !== "left") unfinished.set(message.id, { ...message, position, author, step });
  };
  const nothing = (): Promise<Result<null, never>> => Promise.resolve(ok(null));
  const none = (): Promise<Result<readonly InboxItem[], never>> => Promise.resolve(ok([]));

  return {
    opening: { resumePoint: null, withAgents: [], replyIds: [], counts: { unfinished: 0, dead: 0, uncertain: 0 }, setAside: null },
    take(message, step) {
      if (known.has(message.id)) return Promise.resolve(ok("known"));
      add(message, "customer", step);
      return Promise.resolve(ok("new"));
    },
    put(message, step) {
      add(message, "agent", step);
      return nothing();
    },
    step(id, step) {
      const item = unfinished.get(id);
      if (item === undefined) throw new Error(`a step of ${id}, which is not unfinished`);
      if (step.kind === "answered" || step.kind === "left") unfinished.delete(id);
      else unfinished.set(id, { ...item, step });
      return nothing();
    },
    resume: nothing,
    answerer: () => Promise.resolve(ok({ ids: [], first: null })),
    attended: nothing,
    withAgents: none,
    unfinished: (after, limit) => Promise.resolve(ok([...unfinished.values()].filter((item) => item.position > after).slice(0, limit))),
    dead: none,
    uncertain: none,
    find: (id) => Promise.resolve(ok(unfinished.get(id) ?? null)),
    communicationOf: nothing,
    counts: () => Promise.resolve(ok({ unfinished: unfinished.size, dead: 0, uncertain: 0 })),
    async [Symbol.asyncDispose]() {},
  };
}
