import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assertNever } from "../../shared/assert-never.ts";
import type { Answerer } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok } from "../../shared/result.ts";
import type { Reply, Step } from "../../electron/bridge/inbox.ts";
import type { SendOutcome } from "../../electron/bridge/replies.ts";
import {
  afterAsk,
  afterRead,
  afterSend,
  afterWithhold,
  beforeSend,
  MAX_ATTEMPTS,
  MAX_MESSAGE_LENGTH,
  nextTask,
  stageOf,
  type AskStage,
  type Moment,
  type Move,
  type ReadStage,
  type SendStage,
  type Stage,
} from "../../electron/bridge/work-item.ts";

const at: Moment = { wall: 1_000_000, mono: 500, chance: 1, settleMs: 10_000 };
const reply: Reply = { text: "Here you are.", origin: "bot" };
const asked = (tries: number): AskStage => ({ kind: "ask", tries, dueAt: 0 });
const sending = (tries: number, origin: Reply["origin"] = "bot"): SendStage => ({ kind: "send", reply: { ...reply, origin }, tries, dueAt: 0 });
const reading = (more: Partial<ReadStage> = {}): ReadStage => ({ kind: "read", reply, tries: 1, begunAt: at.wall, settledAt: 10_500, misses: 0, dueAt: 0, ...more });
const now = (answerer: Answerer = "bot", phrase: string | null = null, mono = at.mono) => ({
  mono,
  answerer,
  judge: () => (phrase === null ? null : ({ rule: "phrase", phrase } as const)),
});

const broken: Fault = { kind: "transport", code: "network", detail: "gone" };
const slow: Fault = { kind: "transport", code: "timeout", detail: "slow" };
const server: Fault = { kind: "transport", code: "server-error", detail: "500", status: 500 };
const bad: Fault = { kind: "refused", code: "bad-request", detail: "400", status: 400 };
const forbidden: Fault = { kind: "refused", code: "forbidden", detail: "403", status: 403 };
const late: Fault = { kind: "transport", code: "timeout", detail: "408", status: 408 };
const quota: Fault = { kind: "refused", code: "rate-limited", detail: "429", status: 429 };
const pause: Fault = { ...quota, retryAfterMs: 7_000 };
const page: Fault = { kind: "transport", code: "malformed-reply", detail: "the reply is not JSON" };
const noAnswer: Fault = { kind: "contract", code: "no-answer", detail: "response is missing" };

describe("what is to be done begins", () => {
  test.each<[Step, Stage["kind"] | null]>([
    [{ kind: "received" }, "ask"],
    [{ kind: "forwarded", reply }, "send"],
    [{ kind: "replying", reply, begunAt: at.wall }, "read"],
    [{ kind: "held", sendsAt: 1 }, null],
    [{ kind: "answered", replyId: null }, null],
    [{ kind: "with-agent", rule: null, since: 1 }, null],
    [{ kind: "left" }, null],
    [{ kind: "withdrawn" }, null],
    [{ kind: "dead", fault: bad, diedAt: 1, attempts: 1, reply: null }, null],
    [{ kind: "uncertain", reply, begunAt: 1 }, null],
  ])("from %j with %s", (step, kind) => {
    expect(stageOf(step, at)?.kind ?? null).toBe(kind);
  });

  test("with a look at the conversation where a reply may be in it; its absence is believed when it has settled, whatever the clocks say", () => {
    for (const begunAt of [at.wall - 4_000_000, at.wall - 4_000, at.wall + 4_000_000]) {
      expect(stageOf({ kind: "replying", reply, begunAt }, at)).toMatchObject({ begunAt, settledAt: at.mono + 10_000, dueAt: at.mono, tries: 1 });
    }
  });
});

describe("the next task", () => {
  test.each<[string, Stage, ReturnType<typeof now>, string]>([
    ["asks the bot", asked(0), now(), "ask"],
    ["waits until it is due", { ...asked(1), dueAt: 700 }, now(), "wait"],
    ["leaves a message of a conversation that the agent has", asked(0), now("agent"), "leave"],
    ["leaves it also while it waits", { ...asked(1), dueAt: 700 }, now("agent"), "leave"],
    ["sends an answer", sending(0), now(), "send"],
    ["does not send the bot's answer after the agent took over", sending(0), now("agent"), "leave"],
    ["does not send the hand-over text after the agent took over", sending(0, "hand-over"), now("agent"), "leave"],
    ["sends the agent's own text", sending(0, "agent"), now("agent"), "send"],
    ["withholds what policy stops", sending(0), now("bot", "refund"), "withhold"],
    ["does not judge an agent's text", sending(0, "agent"), now("bot", "refund"), "send"],
    ["does not judge the hand-over text", sending(0, "hand-over"), now("bot", "refund"), "send"],
    ["looks for a reply that may have arrived, whoever answers now", reading(), now("agent", "refund"), "read"],
  ])("%s", (_, stage, when, kind) => {
    expect(nextTask(stage, "Hello", when).kind).toBe(kind);
  });

  test("knows of an answer that is left why the bot could not give it either", () => {
    expect(nextTask(sending(0), "Hello", now("agent", "refund"))).toEqual({ kind: "leave", rule: { rule: "phrase", phrase: "refund" } });
    expect(nextTask(sending(0), "Hello", now("agent"))).toEqual({ kind: "leave", rule: null });
    expect(nextTask(asked(0), "Hello", now("agent", "refund"))).toEqual({ kind: "leave", rule: null });
  });

  test("gives no longer message to the bot than is allowed, and says how long it is", () => {
    expect(nextTask(asked(0), "x".repeat(MAX_MESSAGE_LENGTH), now()).kind).toBe("ask");
    expect(nextTask(asked(0), "x".repeat(MAX_MESSAGE_LENGTH + 1), now())).toMatchObject({
      kind: "die",
      fault: { code: "invalid-input", detail: "the message has 100001 characters; up to 100000 are given to the bot" },
    });
  });
});

describe("after the bot was asked", () => {
  test("its answer is kept before it is sent", () => {
    expect(afterAsk(asked(3), ok("Here you are."), at)).toEqual({
      kind: "go-on",
      keep: { kind: "forwarded", reply },
      stage: { kind: "send", reply, tries: 0, dueAt: 0 },
    });
  });

  test.each([broken, slow, server, late, quota, page])("%j is tried again, with backoff, up to the fifth time", (fault) => {
    expect(afterAsk(asked(0), err(fault), at)).toEqual({ kind: "go-on", keep: null, stage: { kind: "ask", tries: 1, dueAt: at.mono + 500 } });
    expect(afterAsk(asked(2), err(fault), at)).toMatchObject({ stage: { tries: 3, dueAt: at.mono + 2_000 } });
    expect(afterAsk(asked(4), err(fault), at)).toEqual({ kind: "end", step: { kind: "dead", fault, diedAt: at.wall, attempts: 5, reply: null } });
  });

  test.each([bad, forbidden, noAnswer])("%j is not tried again", (fault) => {
    expect(afterAsk(asked(0), err(fault), at)).toMatchObject({ kind: "end", step: { kind: "dead", attempts: 1 } });
  });

  test("a pause that the bot asks for costs no attempt", () => {
    expect(afterAsk(asked(4), err(pause), at)).toMatchObject({ kind: "go-on", stage: { tries: 4, dueAt: at.mono + 7_000 } });
  });
});

describe("after a reply was sent", () => {
  const refused = (fault: Fault): SendOutcome => ({ kind: "refused", fault });

  test("it is done", () => {
    expect(afterSend(sending(0), at.wall, { kind: "sent", replyId: "r1", ms: 5 }, at)).toEqual({ kind: "end", step: { kind: "answered", replyId: "r1" } });
  });

  test("what was surely not taken goes back to where nothing was sent, before it is sent again", () => {
    expect(afterSend(sending(0), at.wall, refused(broken), at)).toEqual({
      kind: "go-on",
      keep: { kind: "forwarded", reply },
      stage: { kind: "send", reply, tries: 1, dueAt: at.mono + 500 },
    });
    expect(afterSend(sending(4), at.wall, refused(broken), at)).toMatchObject({ kind: "end", step: { kind: "dead", attempts: 5, reply } });
    expect(afterSend(sending(0), at.wall, refused(forbidden), at)).toMatchObject({ kind: "end", step: { kind: "dead", attempts: 1, reply } });
    expect(afterSend(sending(4), at.wall, refused(pause), at)).toMatchObject({ kind: "go-on", stage: { tries: 4, dueAt: at.mono + 7_000 } });
  });

  test("what may have been taken is looked for", () => {
    const begunAt = at.wall - 5_000;
    expect(afterSend(sending(1), begunAt, { kind: "unknown", fault: slow }, at)).toEqual({
      kind: "go-on",
      keep: null,
      stage: { kind: "read", reply, tries: 2, begunAt, settledAt: at.mono + 10_000, misses: 0, dueAt: at.mono },
    });
    expect(afterSend(sending(1), at.wall, { kind: "unknown", fault: server }, at)).toMatchObject({ stage: { dueAt: at.mono + 1_000 } });
  });
});

describe("after the conversation was read back", () => {
  test("what is there is done", () => {
    expect(afterRead(reading(), at.mono, ok("m7"), at)).toEqual({ kind: "end", step: { kind: "answered", replyId: "m7" } });
  });

  test("what is not there yet is looked for once more when it has settled", () => {
    expect(afterRead(reading(), 10_499, ok(null), at)).toMatchObject({ kind: "go-on", keep: null, stage: { kind: "read", dueAt: 10_500 } });
  });

  test("what is not there after it has settled is sent again, and dies after the fifth time", () => {
    expect(afterRead(reading(), 10_500, ok(null), at)).toMatchObject({ keep: { kind: "forwarded" }, stage: { kind: "send", tries: 1 } });
    expect(afterRead(reading({ tries: MAX_ATTEMPTS }), 10_500, ok(null), at)).toMatchObject({ kind: "end", step: { kind: "dead", reply } });
  });

  test("what cannot be read is uncertain: at once where reading is refused, after five attempts where it fails", () => {
    expect(afterRead(reading(), at.mono, err(forbidden), at)).toEqual({ kind: "end", step: { kind: "uncertain", reply, begunAt: at.wall } });
    expect(afterRead(reading({ misses: 3 }), at.mono, err(server), at)).toMatchObject({ kind: "go-on", stage: { kind: "read", misses: 4 } });
    expect(afterRead(reading({ misses: 4 }), at.mono, err(server), at)).toMatchObject({ kind: "end", step: { kind: "uncertain" } });
    expect(afterRead(reading({ misses: 4 }), at.mono, err(pause), at)).toMatchObject({ kind: "go-on", stage: { misses: 4 } });
  });
});

test("what policy stopped is the agent's, or the hand-over text takes its place", () => {
  const rule = { rule: "phrase", phrase: "refund" } as const;
  expect(afterWithhold({ kind: "agent" }, rule, at)).toEqual({ kind: "end", step: { kind: "with-agent", rule, since: at.wall } });
  const handOver = { text: "A colleague will answer.", origin: "hand-over" } as const;
  expect(afterWithhold({ kind: "hand-over", text: handOver.text }, rule, at)).toMatchObject({ keep: { kind: "forwarded", reply: handOver }, stage: { kind: "send", reply: handOver } });
});

describe("any story of failures, crashes and people", () => {
  /** What really happens to a request: `taken` (after a while) or not, and what we hear of it. */
  const event = fc.oneof(
    fc.record({ kind: fc.constant("fine" as const) }),
    fc.record({ kind: fc.constant("refused" as const), fault: fc.constantFrom(broken, quota, pause, forbidden) }),
    fc.record({ kind: fc.constant("unknown" as const), arrivesMs: fc.option(fc.integer({ min: 0, max: 10_000 })) }),
    fc.record({ kind: fc.constant("crash" as const), arrivesMs: fc.option(fc.integer({ min: 0, max: 10_000 })), downMs: fc.integer({ min: 0, max: 20_000 }) }),
    fc.record({ kind: fc.constant("unreadable" as const), fault: fc.constantFrom(server, forbidden, pause) }),
    fc.record({ kind: fc.constant("taken over" as const) }),
  );

  test("ends, sends nothing twice, and says no more than is true", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (events, chance) => {
        const story = [...events];
        let mono = 1;
        let answerer: Answerer = "bot";
        let kept: Step = { kind: "received" };
        let arrivals: number[] = [];
        const moment = (): Moment => ({ wall: 1_000_000 + mono, mono, chance, settleMs: 10_000 });
        let stage = stageOf(kept, moment());
        const crash = (downMs: number): void => {
          mono += downMs;
          stage = stageOf(kept, moment());
        };
        const follow = (move: Move): void => {
          if (move.kind === "end") {
            kept = move.step;
            stage = null;
            return;
          }
          kept = move.keep ?? kept;
          ({ stage } = move);
        };
        let steps = 0;
        for (let at = stage; at !== null; at = stage) {
          expect((steps += 1)).toBeLessThan(500);
          const task = nextTask(at, "Hello", now(answerer, null, mono));
          if (task.kind === "wait") {
            mono += task.ms;
            continue;
          }
          const happens = story.shift() ?? { kind: "fine" as const };
          if (happens.kind === "taken over") answerer = "agent";
          switch (task.kind) {
            case "leave":
              follow({ kind: "end", step: { kind: "with-agent", rule: task.rule, since: moment().wall } });
              break;
            case "ask":
              mono += 50;
              if (happens.kind === "crash") crash(happens.downMs);
              else follow(afterAsk(task.stage, happens.kind === "fine" ? ok("Here you are.") : err("fault" in happens ? happens.fault : slow), moment()));
              break;
            case "send": {
              const begunMono = mono;
              const { wall } = moment();
              kept = beforeSend(task.stage, wall);
              // Nothing is sent while something sent before may still be there or come.
              expect(arrivals).toEqual([]);
              if ("arrivesMs" in happens && happens.arrivesMs !== null) arrivals.push(begunMono + happens.arrivesMs);
              if (happens.kind === "fine" || happens.kind === "taken over" || happens.kind === "unreadable") arrivals.push(mono);
              mono += 50;
              if (happens.kind === "crash") crash(happens.downMs);
              else if (happens.kind === "refused") follow(afterSend(task.stage, wall, happens, moment()));
              else if (happens.kind === "unknown") follow(afterSend(task.stage, wall, { kind: "unknown", fault: slow }, moment()));
              else follow(afterSend(task.stage, wall, { kind: "sent", replyId: "r", ms: 50 }, moment()));
              break;
            }
            case "read": {
              const readAt = mono;
              mono += 50;
              if (happens.kind === "crash") crash(happens.downMs);
              else if (happens.kind === "unreadable") follow(afterRead(task.stage, readAt, err(happens.fault), moment()));
              else follow(afterRead(task.stage, readAt, ok(arrivals.some((one) => one <= readAt) ? "r" : null), moment()));
              break;
            }
            case "die":
            case "withhold":
              throw new Error(`not expected: ${task.kind}`);
            default:
              assertNever(task);
          }
        }
        arrivals = arrivals.toSorted((a, b) => a - b);
        expect(arrivals.length).toBeLessThanOrEqual(1);
        if (kept.kind === "answered") expect(arrivals).toHaveLength(1);
        if (kept.kind === "dead" || kept.kind === "with-agent") expect(arrivals).toHaveLength(0);
        expect(["answered", "dead", "with-agent", "uncertain"]).toContain(kept.kind);
      }),
      { numRuns: 3_000 },
    );
  });
});
