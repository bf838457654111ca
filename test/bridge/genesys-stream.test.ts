import { onTestFinished, describe, expect, test } from "vitest";
import { openGenesysStream, type GenesysStreamOptions } from "../../electron/bridge/genesys-stream-socket.ts";
import type { StreamEvent } from "../../electron/bridge/genesys-stream.ts";
import { createTokens } from "../../electron/net/oauth.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { type ScriptedGenesys, startScriptedGenesys } from "../support/scripted-genesys.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const SECRET = "s3cr3t-of-genesys";
const WALL = Date.UTC(2026, 0, 5, 9);
const direct = { fetch: globalThis.fetch, socketOptions: () => ({}) };

function open(platform: ScriptedGenesys, options: Partial<GenesysStreamOptions> = {}) {
  const clock = createWatchedClock(WALL);
  const states: ConnectionState[] = [];
  const events: StreamEvent[] = [];
  const tokens = createTokens({
    tokenUrl: platform.tokenUrl,
    clientId: "bridge",
    clientSecret: SECRET,
    scopes: [],
    audience: "https://api.example.test/org-1",
    clock,
    random: () => 0.5,
    fetch: globalThis.fetch,
  });
  const stream = openGenesysStream({
    socketUrl: platform.socketUrl,
    tokens,
    network: direct,
    clock,
    random: () => 0.5,
    heartbeatMs: 20_000,
    resumePoint: null,
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    ...options,
  });
  onTestFinished(async () => {
    await stream[Symbol.asyncDispose]();
    await tokens[Symbol.asyncDispose]();
  });
  const subscribed = (times: number): Promise<void> => until(() => platform.subscriptions.length === times, `${times} subscriptions`);
  const heard = (count: number): Promise<void> => until(() => events.length >= count, `${count} events, of which came ${JSON.stringify(events).slice(0, 500)}`);
  return { clock, states, events, stream, subscribed, heard };
}

const message = (sequenceId: number | null, more: object = {}) => ({
  eventType: "message",
  ...(sequenceId === null ? {} : { sequenceId }),
  eventData: { id: `m${sequenceId}`, conversationId: "c1", body: "Hello", direction: "inbound", ...more },
});
const subscription = (sequenceId?: number): string =>
  JSON.stringify({ events: ["message"], filter: { type: "chat", status: ["ACTIVE"] }, ...(sequenceId === undefined ? {} : { sequenceId }) });
const told = (events: readonly StreamEvent[]) => events.map((event) => (event.kind === "message" ? [event.message.id, event.sequenceId, event.number] : event));

describe("a connection", () => {
  test("shows its token, names the audience when it asks for it, and subscribes with the first frame", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, stream } = open(platform);
    await subscribed(1);
    expect(platform.stream.upgrades[0]?.headers.authorization).toBe("Bearer genesys-token-1");
    expect(Object.fromEntries(new URLSearchParams(platform.tokenRequests[0]))).toEqual({
      grant_type: "client_credentials",
      client_id: "bridge",
      client_secret: SECRET,
      audience: "https://api.example.test/org-1",
    });
    expect(platform.subscriptions).toEqual([subscription()]);
    await until(() => stream.state().kind === "connected");
  });

  test("begins with the resume point that an earlier run kept, 0 included", async () => {
    const platform = await startScriptedGenesys();
    await open(platform, { resumePoint: 41 }).subscribed(1);
    await open(platform, { resumePoint: 0 }).subscribed(2);
    expect(platform.subscriptions).toEqual([subscription(41), subscription(0)]);
  });

  test("hands a message on with the point that holds after it, its own number, and when it came", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events } = open(platform, { resumePoint: 41 });
    await subscribed(1);
    platform.tell(message(42, { eventTime: "2026-01-05T08:59:59Z" }));
    await heard(1);
    expect(events).toEqual([
      {
        kind: "message",
        sequenceId: 42,
        number: 42,
        receivedAt: WALL,
        message: { id: "m42", conversationId: "c1", communicationId: null, agentId: null, customerName: null, text: "Hello", direction: "inbound", eventTime: WALL - 1_000 },
      },
    ]);
  });

  test("takes a body of 1 MB whole", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events } = open(platform);
    await subscribed(1);
    const body = "ä".repeat(524_288);
    platform.tell(message(1, { body }));
    await heard(1);
    expect(events[0]).toMatchObject({ kind: "message", message: { text: body } });
  });
});

describe("after a drop", () => {
  test("it resumes from the highest number that was handed on, each time", async () => {
    const platform = await startScriptedGenesys();
    const { clock, subscribed, heard } = open(platform);
    await subscribed(1);
    for (const number of [7, 9, 8]) platform.tell(message(number));
    await heard(5);
    platform.drop();
    await clock.pass(1_000);
    await subscribed(2);
    platform.tell({ eventType: "conversation", sequenceId: 12 });
    await heard(7);
    platform.drop();
    await clock.pass(2_000);
    await subscribed(3);
    expect(platform.subscriptions).toEqual([subscription(), subscription(9), subscription(12)]);
  });

  test("a replay is handed on and is no gap; what is new after it moves the point", async () => {
    const platform = await startScriptedGenesys();
    const { clock, subscribed, heard, events } = open(platform, { resumePoint: 2 });
    await subscribed(1);
    for (const number of [3, 4, 5]) platform.tell(message(number));
    await heard(3);
    platform.drop();
    await clock.pass(1_000);
    await subscribed(2);
    for (const number of [4, 5, 6, 7]) platform.tell(message(number));
    await heard(7);
    expect(told(events).slice(3)).toEqual([
      ["m4", 5, 4],
      ["m5", 5, 5],
      ["m6", 6, 6],
      ["m7", 7, 7],
    ]);
  });

  test("what was missed is told as a gap before the message that shows it, and what comes of it afterwards", async () => {
    const platform = await startScriptedGenesys();
    const { clock, subscribed, heard, events } = open(platform);
    await subscribed(1);
    platform.tell(message(1));
    await heard(1);
    platform.drop();
    await clock.pass(1_000);
    await subscribed(2);
    for (const number of [5, 3]) platform.tell(message(number));
    await heard(5);
    expect(told(events).slice(1)).toEqual([{ kind: "gap", from: 2, to: 4 }, ["m5", 5, 5], { kind: "gap-filled", count: 1 }, ["m3", 5, 3]]);
  });

  test("a silent socket is given up 10 s after the ping, and a new one resumes", async () => {
    const platform = await startScriptedGenesys({ autoPong: false });
    const { clock, subscribed, heard, states } = open(platform, { heartbeatMs: 15_000 });
    await subscribed(1);
    platform.tell(message(3));
    await heard(1);
    await clock.pass(15_000);
    await clock.pass(2_000);
    expect(states.at(-1)?.kind).toBe("checking");
    await clock.pass(8_000);
    expect(states.at(-1)).toMatchObject({ kind: "reconnecting", fault: { code: "socket-silent" } });
    await clock.pass(1_000);
    await subscribed(2);
    expect(platform.subscriptions.at(-1)).toBe(subscription(3));
  });

  test("a person's retry replaces the connection, and the new one resumes too", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, stream } = open(platform);
    await subscribed(1);
    platform.tell(message(3));
    await heard(1);
    stream.retryNow();
    await subscribed(2);
    expect(platform.subscriptions).toEqual([subscription(), subscription(3)]);
  });
});

describe("the reply to the subscription", () => {
  test("is the resume point where none is known", async () => {
    const platform = await startScriptedGenesys({ subscribed: (tell) => tell({ sequenceId: 80 }) });
    const { clock, subscribed, heard, events } = open(platform);
    await heard(1);
    expect(events).toEqual([{ kind: "resume", point: 80 }]);
    platform.drop();
    await clock.pass(1_000);
    await subscribed(2);
    expect(platform.subscriptions.at(-1)).toBe(subscription(80));
  });

  test("does not move a point that is lower, so that a drop amid the replay loses nothing", async () => {
    const platform = await startScriptedGenesys({ subscribed: (tell) => tell({ sequenceId: 80 }) });
    const { clock, subscribed, heard, events } = open(platform, { resumePoint: 50 });
    await subscribed(1);
    platform.tell(message(51));
    await heard(1);
    platform.drop();
    await clock.pass(1_000);
    await subscribed(2);
    expect(platform.subscriptions).toEqual([subscription(50), subscription(51)]);
    expect(told(events)).toEqual([["m51", 51, 51]]);
  });

  test("moves it where the platform counts anew, and the jump is no gap", async () => {
    const platform = await startScriptedGenesys({ subscribed: (tell) => tell({ sequenceId: 2 }) });
    const { heard, events } = open(platform, { resumePoint: 500 });
    await heard(1);
    platform.tell(message(3));
    await heard(2);
    expect(told(events)).toEqual([{ kind: "resume", point: 2 }, ["m3", 3, 3]]);
  });
});

describe("what is no message", () => {
  test("moves the point where it bears a number, and is told only where it breaks the contract", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events } = open(platform, { resumePoint: 1 });
    await subscribed(1);
    platform.tell({ eventType: "presence", sequenceId: 2 });
    platform.tell({ eventType: "presence" });
    platform.tell(message(4, { body: "" }));
    platform.tell(message(3, { id: null }));
    platform.tell(message(null, { id: "mx" }));
    await heard(7);
    expect(told(events)).toEqual([
      { kind: "resume", point: 2 },
      { kind: "gap", from: 3, to: 3 },
      { kind: "malformed", reason: "no body", bytes: expect.any(Number) },
      { kind: "resume", point: 4 },
      { kind: "gap-filled", count: 1 },
      { kind: "malformed", reason: "no id", bytes: expect.any(Number) },
      ["mx", 4, null],
    ]);
  });

  test("binary, oversized and broken frames cost neither the connection nor the next message", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events, states } = open(platform);
    await subscribed(1);
    platform.raw(Buffer.from(JSON.stringify(message(1))));
    platform.raw("x".repeat(2 * 1_048_576 + 1));
    platform.raw("{");
    platform.tell({ eventType: "error", eventData: { message: "unknown filter" } });
    platform.tell(message(2));
    await heard(5);
    expect(told(events)).toEqual([
      { kind: "malformed", reason: "binary", bytes: expect.any(Number) },
      { kind: "malformed", reason: "too large", bytes: 2_097_153 },
      { kind: "malformed", reason: "not JSON", bytes: 1 },
      { kind: "malformed", reason: "an error event", bytes: expect.any(Number) },
      ["m2", 2, 2],
    ]);
    expect(states.at(-1)?.kind).toBe("connected");
    expect(platform.stream.upgrades).toHaveLength(1);
  });

  test("a flood of twenty thousand of them is passed through to the message behind it", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events, states } = open(platform);
    await subscribed(1);
    const odd = ["{", "[]", "null", '{"eventType":"message","eventData":{"id":1}}', "", '{"eventType":7}'];
    for (let number = 0; number < 20_000; number += 1) platform.raw(odd[number % odd.length] ?? "");
    platform.tell(message(2));
    await heard(20_001);
    expect(events.filter(({ kind }) => kind === "malformed")).toHaveLength(20_000);
    expect(told(events).at(-1)).toEqual(["m2", 2, 2]);
    expect(states.at(-1)?.kind).toBe("connected");
  });

  test("nothing that was written in a broken frame is told", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard, events } = open(platform);
    await subscribed(1);
    platform.tell(message(1, { id: { value: 1 }, body: "my-secret-words" }));
    platform.raw('{"body":"my-secret-words"');
    await heard(3);
    expect(JSON.stringify(events)).not.toContain("my-secret-words");
  });
});

describe("a refusal", () => {
  test("of the upgrade with 401 renews the token at once", async () => {
    const platform = await startScriptedGenesys({ decide: (number) => (number === 0 ? { status: 401 } : "accept") });
    const { subscribed, states } = open(platform);
    await subscribed(1);
    expect(platform.stream.upgrades.map(({ headers }) => headers.authorization)).toEqual(["Bearer genesys-token-1", "Bearer genesys-token-2"]);
    expect(states.map(({ kind }) => kind)).not.toContain("reconnecting");
  });

  test("of an open connection with 4401 renews it too, and the stream resumes", async () => {
    const platform = await startScriptedGenesys();
    const { subscribed, heard } = open(platform);
    await subscribed(1);
    platform.tell(message(5));
    await heard(1);
    platform.stream.connections[0]?.close(4401, "token expired");
    await subscribed(2);
    expect(platform.tokenRequests).toHaveLength(2);
    expect(platform.subscriptions.at(-1)).toBe(subscription(5));
  });

  test("with 403 is final and names the scopes, never the secret", async () => {
    const platform = await startScriptedGenesys({ decide: () => ({ status: 403 }) });
    const { states, stream } = open(platform);
    await until(() => states.at(-1)?.kind === "rejected");
    const state = stream.state();
    expect(state).toEqual(states.at(-1));
    const words = JSON.stringify(state);
    expect(words).toContain("platform:agent:view or platform:user:view");
    expect(words).not.toContain("genesys-token-1");
    expect(words).not.toContain(SECRET);
  });

  test("of the credentials is final", async () => {
    const platform = await startScriptedGenesys();
    platform.answerTokens({ status: 401, body: { error: "invalid_client", error_description: SECRET } });
    const { states } = open(platform);
    await until(() => states.at(-1)?.kind === "rejected");
    expect(states.at(-1)).toMatchObject({ fault: { code: "credentials" } });
    expect(JSON.stringify(states)).not.toContain(SECRET);
  });

  test("for a moment (503) is tried again", async () => {
    const platform = await startScriptedGenesys({ decide: (number) => (number === 0 ? { status: 503, headers: { "Retry-After": "7" } } : "accept") });
    const { clock, subscribed } = open(platform);
    await clock.pass(7_000);
    await subscribed(1);
  });
});

test("when it is disposed nothing is left of it, and nothing more is told", async () => {
  const platform = await startScriptedGenesys();
  const { clock, subscribed, events, stream, states } = open(platform);
  await subscribed(1);
  const closing = stream[Symbol.asyncDispose]();
  platform.tell(message(1));
  await closing;
  await until(() => platform.stream.openSockets() === 0);
  expect(clock.pending()).toBe(0);
  expect(events).toEqual([]);
  expect(states.at(-1)?.kind).toBe("closed");
});
