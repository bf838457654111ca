import type { PracticeChat } from "./practice-chats.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

/** Customers that chat from scripts. */
export interface Customers extends Disposable {
  /** Begins; calls after the first do nothing. */
  start(): void;
  /** Somebody answered in this conversation. */
  answered(conversationId: string, text: string): void;
  /** Ends every chat, and lets none begin until `resume`. */
  hold(): void;
  /** Lets chats begin again where they were held. */
  resume(): void;
  /** How many chats go on. */
  open(): number;
}

export interface CustomersOptions {
  readonly chats: readonly PracticeChat[];
  /** How many chat at once. */
  readonly lines: number;
  /** 2 reads and writes twice as fast as life. What others take for an answer is their own time. */
  readonly speed: number;
  /** Begins the list again at its end. */
  readonly loop: boolean;
  readonly clock: SandboxClock;
  /** Opens a conversation; gives its id. */
  readonly begin: (chat: PracticeChat) => string;
  readonly say: (conversationId: string, text: string) => void;
  readonly end: (conversationId: string) => void;
}

/** At life's speed, in ms: before the first line, between two chats on a line, and between the first chats of two lines. */
const OPENING_MS = 1_500;
const NEXT_CHAT_MS = 5_000;
const STAGGER_MS = 4_000;
/** Reading takes so long per letter of the answer, writing per letter of the line; both together within bounds. */
const READ_MS = 20;
const WRITE_MS = 60;
const LEAST_MS = 1_500;
const MOST_MS = 12_000;
/** How long a customer waits for an answer, before she asks and before she goes. Not faster at any speed: it is others who take it. */
const PATIENCE_MS = 60_000;
const LEAVES_MS = 240_000;
const NUDGE = "Hello? Is anybody there?";

interface Chatting {
  readonly chat: PracticeChat;
  readonly id: string;
  /** The line that comes next. */
  at: number;
  waiting: boolean;
  cancel: () => void;
}

/** Each line comes once somebody has answered the one before. Nothing happens before `start`. */
export function createCustomers(options: CustomersOptions): Customers {
  const { clock, speed, chats } = options;
  const live = new Map<string, Chatting>();
  const pauses = new Set<() => void>();
  let position = 0;
  let started = false;
  let held = false;

  /** Between chats, where there is no conversation to keep the timer with. */
  const later = (delayMs: number, fire: () => void): void => {
    const cancel = clock.after(delayMs / speed, () => {
      pauses.delete(cancel);
      fire();
    });
    pauses.add(cancel);
  };

  const leave = (one: Chatting): void => {
    one.cancel();
    live.delete(one.id);
    options.end(one.id);
    later(NEXT_CHAT_MS, occupyLine);
  };

  const waitForAnswer = (one: Chatting): void => {
    one.waiting = true;
    one.cancel = clock.after(PATIENCE_MS, () => {
      one.cancel = clock.after(LEAVES_MS - PATIENCE_MS, () => {
        leave(one);
      });
      options.say(one.id, NUDGE);
    });
  };

  const sayNext = (one: Chatting): void => {
    const line = one.chat.lines[one.at];
    if (line === undefined) {
      leave(one);
      return;
    }
    one.at += 1;
    // First, as the answer may come before `say` has returned.
    waitForAnswer(one);
    options.say(one.id, line);
  };

  const occupyLine = (): void => {
    if (chats.length === 0 || (position >= chats.length && !options.loop)) return;
    const chat = chats[position % chats.length];
    position += 1;
    if (chat === undefined) return;
    const one: Chatting = { chat, id: options.begin(chat), at: 0, waiting: false, cancel: () => undefined };
    live.set(one.id, one);
    one.cancel = clock.after(OPENING_MS / speed, () => {
      sayNext(one);
    });
  };

  const occupyLines = (): void => {
    for (let line = 0; line < options.lines; line += 1) later(line * STAGGER_MS, occupyLine);
  };

  const stopPauses = (): void => {
    for (const cancel of pauses) cancel();
    pauses.clear();
  };

  return {
    start() {
      if (started) return;
      started = true;
      if (!held) occupyLines();
    },
    hold() {
      held = true;
      stopPauses();
      for (const one of live.values()) {
        one.cancel();
        live.delete(one.id);
        options.end(one.id);
      }
    },
    resume() {
      if (!held) return;
      held = false;
      if (started) occupyLines();
    },
    answered(conversationId, text) {
      const one = live.get(conversationId);
      if (one === undefined || !one.waiting) return;
      one.waiting = false;
      one.cancel();
      const next = one.chat.lines[one.at] ?? "";
      const takesMs = Math.min(MOST_MS, Math.max(LEAST_MS, text.length * READ_MS + next.length * WRITE_MS));
      one.cancel = clock.after(takesMs / speed, () => {
        sayNext(one);
      });
    },
    open: () => live.size,
    [Symbol.dispose]() {
      stopPauses();
      for (const one of live.values()) one.cancel();
      live.clear();
    },
  };
}
