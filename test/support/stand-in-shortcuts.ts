import type * as Electron from "electron";
import type { Clipboard, GlobalShortcut } from "electron";
import type { FakeList } from "./only-members.ts";

/** The system's keys, and its clipboard. */
export interface StandInShortcuts {
  readonly members: Pick<typeof Electron, "globalShortcut" | "clipboard">;
  /** What our program holds now, in order of registration. */
  held(): readonly string[];
  /** The person presses them. */
  press(keys: string): void;
  /** Keys that another program holds. */
  readonly taken: Set<string>;
  /** How the system answers: as it should, by throwing, or with a yes that means nothing. */
  answer: "honest" | "throws" | "pretends";
  /** How often keys were asked for. */
  asked(): number;
  clipboard(): string;
  /** Whether writing to it fails. */
  clipboardFails: boolean;
}

export function createStandInShortcuts(list: FakeList): StandInShortcuts {
  const registered = new Map<string, () => void>();
  const taken = new Set<string>();
  let asked = 0;
  let copied = "";
  const globalShortcut = list.fake<GlobalShortcut, "register" | "unregister" | "isRegistered">("GlobalShortcut", {
    register(keys, fire) {
      asked += 1;
      if (self.answer === "throws") throw new Error("no such thing here");
      if (self.answer === "pretends") return true;
      if (registered.has(keys)) throw new Error(`${keys} is registered twice`);
      if (taken.has(keys)) return false;
      registered.set(keys, fire);
      return true;
    },
    unregister(keys) {
      if (!registered.delete(keys)) throw new Error(`${keys} was not registered`);
    },
    isRegistered: (keys) => registered.has(keys),
  });
  const clipboard = list.fake<Clipboard, "writeText">("Clipboard", {
    async writeText(text) {
      if (self.clipboardFails) throw new Error("the clipboard is held by another program");
      copied = text;
    },
  });
  const self: StandInShortcuts = {
    members: { globalShortcut, clipboard },
    held: () => [...registered.keys()],
    press(keys) {
      const fire = registered.get(keys);
      if (fire === undefined) throw new Error(`nobody hears ${keys}`);
      fire();
    },
    taken,
    answer: "honest",
    asked: () => asked,
    clipboard: () => copied,
    clipboardFails: false,
  };
  return self;
}
