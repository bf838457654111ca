import type { Clock } from "../../shared/clock.ts";
import type { Language } from "../../shared/language.ts";
import type { Notice } from "../../shared/notice.ts";
import type { Words } from "../words/en.ts";
import type { Saying } from "../words/saying.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";

/** A notice before it is put into words: it is said anew when the language changes while it stands. */
export interface RaisedNotice extends Pick<Notice, "id" | "level"> {
  readonly say: (words: Words, language: Language) => Saying;
}

/** What is wrong apart from the connections, by subject. */
export interface Notices {
  /** Raises a notice, or replaces the one of the same subject; `since` stays that of the first. */
  raise(notice: RaisedNotice): void;
  /** The subject is well again; nothing happens where nothing was wrong. */
  clear(id: string): void;
  all(): readonly Notice[];
  /** Hears what is raised, and what is cleared by its id. */
  subscribe(listener: (change: NoticeChange) => void): void;
  /** Says all that stands once more, in the language that holds now. */
  retell(): void;
}

export type NoticeChange =
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "notice-cleared"; readonly id: string };

/** Keeps the notices that stand, and says them in the language of `speech`, English unless given. */
export function createNotices(clock: Clock, speech: Pick<Speech, "words" | "language"> = englishSpeech): Notices {
  const standing = new Map<string, RaisedNotice & Pick<Notice, "since">>();
  const listeners: ((change: NoticeChange) => void)[] = [];
  const tell = (change: NoticeChange): void => {
    for (const listener of listeners) listener(change);
  };
  const said = ({ say, ...rest }: RaisedNotice & Pick<Notice, "since">): Notice => {
    const { what, effect, remedy } = say(speech.words(), speech.language());
    return { ...rest, what, effect, remedy };
  };
  return {
    all: () => [...standing.values()].map(said),
    subscribe: (listener) => {
      listeners.push(listener);
    },
    raise({ id, level, say }) {
      const notice = { id, level, say, since: standing.get(id)?.since ?? clock.now() };
      standing.set(id, notice);
      tell({ kind: "notice", notice: said(notice) });
    },
    clear(id) {
      if (standing.delete(id)) tell({ kind: "notice-cleared", id });
    },
    retell() {
      for (const notice of standing.values()) tell({ kind: "notice", notice: said(notice) });
    },
  };
}
