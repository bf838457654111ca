import type { Clock } from "../../shared/clock.ts";
import type { Notice } from "../../shared/notice.ts";

/** What is wrong apart from the connections, by subject. */
export interface Notices {
  /** Raises a notice, or replaces the one of the same subject; `since` stays that of the first. */
  raise(notice: Omit<Notice, "since">): void;
  /** The subject is well again; nothing happens where nothing was wrong. */
  clear(id: string): void;
  all(): readonly Notice[];
  /** Hears what is raised, and what is cleared by its id. */
  subscribe(listener: (change: NoticeChange) => void): void;
}

export type NoticeChange =
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "notice-cleared"; readonly id: string };

/** Keeps the notices that stand. */
export function createNotices(clock: Clock): Notices {
  const standing = new Map<string, Notice>();
  const listeners: ((change: NoticeChange) => void)[] = [];
  const tell = (change: NoticeChange): void => {
    for (const listener of listeners) listener(change);
  };
  return {
    all: () => [...standing.values()],
    subscribe: (listener) => {
      listeners.push(listener);
    },
    raise(raised) {
      const notice = { ...raised, since: standing.get(raised.id)?.since ?? clock.now() };
      standing.set(notice.id, notice);
      tell({ kind: "notice", notice });
    },
    clear(id) {
      if (standing.delete(id)) tell({ kind: "notice-cleared", id });
    },
  };
}
