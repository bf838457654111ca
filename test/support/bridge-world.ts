import { startBridge, type BridgeParts, type CoreOptions } from "../../electron/bridge/bridge-core.ts";
import type { Bridge } from "../../electron/bridge/bridge.ts";
import type { Question } from "../../electron/bridge/dialog-api.ts";
import type { PlatformMessage, StreamEvent } from "../../electron/bridge/genesys-stream.ts";
import type { SendOutcome } from "../../electron/bridge/replies.ts";
import { createHostGates } from "../../electron/net/host-gate.ts";
import type { BridgeEvent, Delivery } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createMemoryDisk, type MemoryDisk, openMemoryInbox } from "./bridge-memory-inbox.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";

type Answer = Result<string, Fault>;

/** A message as it stands in a conversation on the platform. */
export interface Said {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly by: "customer" | "us" | "agent";
}

export const NETWORK: Fault = { kind: "transport", code: "network", detail: "the connection was reset" };
export const SERVER: Fault = { kind: "transport", code: "server-error", detail: "answered 500", status: 500 };
export const FORBIDDEN: Fault = { kind: "refused", code: "forbidden", detail: "answered 403", status: 403 };
const STEP_MS = 250;
export const BOT_URL = "https://bot.example/dialog";
export const API_URL = "https://api.example";

/** A bridge's whole surroundings without a network: platform, bot, disk and clock, all in the test's hand. */
export interface BridgeWorld {
  readonly clock: FakeClock;
  readonly disk: MemoryDisk;
  readonly events: BridgeEvent[];
  readonly states: ConnectionState[];
  readonly said: Said[];
  readonly questions: Question[];
  readonly sends: { readonly conversationId: string; readonly communicationId: string | null; readonly text: string; readonly key: string }[];
  readonly typings: string[];
  reads: number;
  /** What the streams were opened with. */
  readonly resumes: (number | null)[];
  bot: (question: Question, signal: AbortSignal) => Answer | Promise<Answer>;
  /** What becomes of a reply; `store` puts it into the conversation, and gives its id. */
  platform: (reply: { readonly conversationId: string; readonly text: string }, store: () => string) => SendOutcome | Promise<SendOutcome>;
  readBack: ((found: string | null) => Result<string | null, Fault>) | null;
  start(options?: Partial<CoreOptions>): Promise<Bridge>;
  /** The process is gone: nothing it still does reaches the world. */
  crash(): void;
  /** Moves time on in small steps, and lets all that follows happen between them. */
  pass(ms: number): Promise<void>;
  /** An event of the platform; gives the message's id. */
  event(message: Partial<PlatformMessage> & { readonly text: string }): string;
  /** Every event after a number again. */
  replay(after: number): void;
  of<K extends BridgeEvent["kind"]>(kind: K): readonly Extract<BridgeEvent, { readonly kind: K }>[];
  /** The states that a delivery went through. */
  deliveries(id: string): readonly Delivery["state"]["kind"][];
  kept(id: string): readonly string[];
  replies(conversationId?: string): readonly string[];
}

export function createBridgeWorld(): BridgeWorld {
  const clock = createFakeClock();
  const disk = createMemoryDisk();
  const log: { readonly number: number; readonly message: PlatformMessage }[] = [];
  let listener: ((event: StreamEvent) => void) | null = null;
  let ids = 0;
  /** Grows with each crash: what a dead process does reaches nobody. */
  let life = 0;

  const world: BridgeWorld = {
    clock,
    disk,
    events: [],
    states: [],
    said: [],
    questions: [],
    sends: [],
    typings: [],
    reads: 0,
    resumes: [],
    bot: ({ text }) => ok(`re: ${text}`),
    platform: (_reply, store) => ({ kind: "sent", replyId: store(), ms: 7 }),
    readBack: null,
    async start(options = {}) {
      const mine = life;
      const alive = (): boolean => mine === life;
      const never = new Promise<never>(() => {});
      const parts: BridgeParts = {
        inbox: dying(openMemoryInbox(disk), alive, never),
        replyHost: "api.example",
        async ask(question, signal) {
          world.questions.push(question);
          const startedAt = clock.monotonic();
          const answer = await Promise.race([world.bot(question, signal), aborted(signal)]);
          if (!alive()) return never;
          return answer.ok ? ok({ text: answer.value, ms: clock.monotonic() - startedAt }) : answer;
        },
        replies: {
          async send({ conversationId, communicationId }, text, key) {
            if (!alive()) return never;
            world.sends.push({ conversationId, communicationId, text, key });
            const store = (): string => {
              const id = `m${(ids += 1)}`;
              world.said.push({ id, conversationId, text, by: "us" });
              return id;
            };
            const outcome = await world.platform({ conversationId, text }, store);
            return alive() ? outcome : never;
          },
          async readBack({ conversationId, text, counted }) {
            if (!alive()) return never;
            world.reads += 1;
            const found = world.said.find((one) => one.conversationId === conversationId && one.by === "us" && one.text === text && !counted(one.id))?.id ?? null;
            return world.readBack === null ? ok(found) : world.readBack(found);
          },
          async typing({ conversationId }) {
            world.typings.push(conversationId);
          },
        },
        openGates(onChange) {
          const gates = createHostGates({ clock, onChange });
          return { bot: gates.gate(BOT_URL), reply: gates.gate(API_URL) };
        },
        openStream({ resumePoint, onState, onEvent }) {
          world.resumes.push(resumePoint);
          listener = onEvent;
          onState({ kind: "connected", since: clock.now() });
          if (resumePoint !== null) queueMicrotask(() => {
            if (listener === onEvent) world.replay(resumePoint);
          });
          return {
            retryNow() {},
            lastHeardAt: () => null,
            state: () => ({ kind: "connected", since: 0 }),
            async [Symbol.asyncDispose]() {
              if (listener === onEvent) listener = null;
            },
          };
        },
      };
      return startBridge(parts, {
        agentId: null,
        rules: { judge: () => null, stopped: { kind: "agent" } },
        concurrency: 4,
        elevatedMs: 500,
        criticalMs: 1_000,
        work: "serve",
        clock,
        random: () => 0.5,
        newId: () => `own${(ids += 1)}`,
        onState: (state) => alive() && world.states.push(state),
        onEvent: (event) => alive() && world.events.push(event),
        ...options,
      });
    },
    crash() {
      life += 1;
      listener = null;
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        await clock.advance(Math.min(left, STEP_MS));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    event(message) {
      const id = message.id ?? `m${(ids += 1)}`;
      const whole: PlatformMessage = {
        conversationId: "c1",
        communicationId: null,
        agentId: null,
        customerName: null,
        direction: "inbound",
        eventTime: null,
        ...message,
        id,
      };
      if (whole.direction === "inbound") world.said.push({ id, conversationId: whole.conversationId, text: whole.text, by: "customer" });
      log.push({ number: log.length + 1, message: whole });
      tell(log.length);
      return id;
    },
    replay(after) {
      for (let number = after + 1; number <= log.length; number += 1) tell(number);
    },
    of: (kind) => world.events.filter((event) => event.kind === kind) as never,
    deliveries: (id) => world.events.flatMap((event) => (event.kind === "delivery" && event.delivery.id === id ? [event.delivery.state.kind] : [])),
    kept: (id) => disk.steps.flatMap((one) => (one.id === id ? [one.step.kind] : [])),
    replies: (conversationId = "c1") => world.said.flatMap((one) => (one.by === "us" && one.conversationId === conversationId ? [one.text] : [])),
  };

  const tell = (number: number): void => {
    const entry = log[number - 1];
    if (entry !== undefined) listener?.({ kind: "message", message: entry.message, sequenceId: log.length, number, receivedAt: clock.now() });
  };
  return world;
}

function aborted(signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve(err({ kind: "transport", code: "aborted", detail: "" }));
    });
  });
}

/** Calls of a process that is gone neither take effect nor answer. */
function dying<T extends object>(inner: T, alive: () => boolean, never: Promise<never>): T {
  return new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return async (...given: unknown[]) => {
        if (!alive()) return never;
        const result: unknown = await Reflect.apply(value, target, given);
        return alive() ? result : never;
      };
    },
  });
}
