import { expect, test } from "vitest";
import { createPlayback, type UpdatePayload } from "../../electron/sandbox/playback.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { bearer, practice, shortCall, subscribe, type Subscriber } from "./sandbox-client.ts";

const hello = shortCall("hello", ["hello", "hi there", "I want a refund", "sure"]);

function finals(one: Subscriber): readonly unknown[] {
  return one.payloads().filter((payload) => payload["final"] === true);
}

test("nothing is played before somebody listens, then a call comes from its start at its own pace", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await clock.advance(60_000);
  await using one = await subscribe(sandbox);
  expect(one.raw).toEqual([]);
  await clock.advance(999);
  expect(sandbox.stats().framesSent).toBe(0);
  await clock.advance(1);
  await one.until(() => one.raw.length === 1);
  expect(one.payloads()[0]).toEqual({
    interactionId: "charged-twice",
    agentId: sandbox.config().assist.agentId,
    timestamp: new Date(clock.now()).toISOString(),
    customerName: "Marcus Bell",
    channel: "voice",
    queue: "Billing",
    context: { language: "en", channel: "voice" },
    utteranceId: "charged-twice-1",
    sequence: 1,
    speaker: "agent",
    transcript: "Good morning, you're through to billing, my name is Jo. How can I help?",
    sentimentScore: 0.4,
    final: true,
  });
});

test("a whole call: every line once and in order, interim forms before their final one, ended last, then the next call", async () => {
  const { sandbox, clock } = await practice({ lines: 1, speed: 10 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(9_000);
  await one.until(() => one.payloads().some((payload) => payload["interactionId"] !== "charged-twice"));
  const call = one.payloads().filter((payload) => payload["interactionId"] === "charged-twice");
  expect(call.at(-1)).toMatchObject({ status: "ended" });
  const spoken = call.filter((payload) => payload["final"] === true);
  expect(spoken.map((payload) => payload["sequence"])).toEqual(Array.from({ length: 19 }, (_, at) => at + 1));
  const interim = call.filter((payload) => payload["final"] === false);
  expect(interim.length).toBeGreaterThan(4);
  for (const early of interim) {
    const final = spoken.find((payload) => payload["utteranceId"] === early["utteranceId"]);
    expect(final?.["sequence"]).toBe(early["sequence"]);
    expect(call.indexOf(early)).toBeLessThan(call.indexOf(final ?? {}));
    expect(String(final?.["transcript"]).startsWith(String(early["transcript"]))).toBe(true);
  }
  expect(one.payloads().at(-1)?.["interactionId"]).toBe("leaving-for-cheaper");
});

test("several calls go on side by side; speed 0.5 takes twice as long", async () => {
  const { sandbox, clock } = await practice({ lines: 3, speed: 0.5 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(1_999);
  expect(sandbox.stats().framesSent).toBe(0);
  await clock.advance(2_001);
  await one.until(() => new Set(one.payloads().map((payload) => payload["interactionId"])).size === 3);
});

test("a playback slower than any timer waits in pieces", async () => {
  const clock = createFakeClock();
  const delays: number[] = [];
  const said: UpdatePayload[] = [];
  using playback = createPlayback({
    calls: [hello],
    lines: 1,
    speed: 1e-7,
    loop: false,
    agentId: "a",
    emit: (payload) => said.push(payload),
    clock: {
      ...clock,
      after: (delayMs, fire) => {
        delays.push(delayMs);
        return clock.after(delayMs, fire);
      },
    },
  });
  playback.start();
  await clock.advance(9_999_999_999);
  expect(said).toEqual([]);
  await clock.advance(1);
  expect(said.length).toBe(1);
  expect(Math.max(...delays)).toBeLessThan(2 ** 31);
});

test("who connects again does not restart the call and has lost what was said meanwhile", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  const first = await subscribe(sandbox);
  await clock.advance(4_500);
  await first.until(() => finals(first).length === 2);
  await first[Symbol.asyncDispose]();
  await clock.advance(4_000);
  await using again = await subscribe(sandbox);
  await clock.advance(3_000);
  await again.until(() => finals(again).length === 1);
  expect(finals(again)[0]).toMatchObject({ sequence: 4 });
});

test("replay sends the last frames again to who connects", async () => {
  const { sandbox, clock } = await practice({ lines: 1, faults: [{ name: "replay", value: "2" }] });
  await using _ = sandbox;
  const first = await subscribe(sandbox);
  await clock.advance(8_000);
  await first.until(() => finals(first).length === 3);
  const last = first.raw.slice(-2);
  await first[Symbol.asyncDispose]();
  await using again = await subscribe(sandbox);
  await again.until(() => again.raw.length === 2);
  expect(again.raw).toEqual(last);
});

test("the list ends, or begins again with fresh ids when it loops", async () => {
  const { sandbox, clock } = await practice({ speed: 1_000, lines: 2, loop: true });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(1_000);
  await one.until(() => one.payloads().some((payload) => payload["interactionId"] === "charged-twice-2"));
  const once = await practice({ speed: 1_000, lines: 2 });
  await using __ = once.sandbox;
  await using other = await subscribe(once.sandbox);
  await once.clock.advance(2_000);
  await other.until(() => other.payloads().filter((payload) => payload["status"] === "ended").length === 14);
  expect(new Set(other.payloads().map((payload) => payload["interactionId"])).size).toBe(14);
});

test("a call can be played on top, and lines can be put in", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  const id = sandbox.play(hello);
  await clock.advance(2_000);
  expect(sandbox.say({ text: "and one more thing", interactionId: id }).interactionId).toBe("hello");
  await clock.advance(1_000);
  await one.until(() => one.payloads().filter((payload) => payload["interactionId"] === "hello").length === 4);
  const said = one.payloads().filter((payload) => payload["interactionId"] === "hello");
  expect(said.map((payload) => payload["sequence"])).toEqual([1, 2, 3, 4]);
  expect(said.map((payload) => payload["transcript"])).toEqual(["hello", "hi there", "and one more thing", "I want a refund"]);
  expect(sandbox.play(hello)).not.toBe("hello");
  expect(sandbox.play(hello)).not.toBe(sandbox.play(hello));
});

test("heartbeats come as another type", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(15_000);
  await one.until(() => one.frames().some((frame) => frame.type === "HEARTBEAT"));
});

test("an upgrade wants a token, the right path, and no fault in its way", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await expect(subscribe(sandbox, "")).rejects.toThrow("HTTP 401");
  sandbox.setFault("upgrade", 503);
  await expect(subscribe(sandbox)).rejects.toThrow("HTTP 503");
  sandbox.setFault("upgrade", null);
  sandbox.setFault("expired-tokens", "on");
  await expect(subscribe(sandbox)).rejects.toThrow("HTTP 401");
  sandbox.setFault("expired-tokens", null);
  await using one = await subscribe(sandbox);
  expect(one.socket.readyState).toBe(one.socket.OPEN);
});

test("drop: now breaks all with 1006, a share breaks instead of delivering", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await using two = await subscribe(sandbox);
  sandbox.setFault("drop", "now");
  expect(await Promise.all([one.closed, two.closed])).toEqual([1006, 1006]);
  expect(sandbox.faults()).toEqual({});
  await using three = await subscribe(sandbox);
  sandbox.setFault("drop", 1);
  await clock.advance(1_000);
  expect(await three.closed).toBe(1006);
  expect(three.raw).toEqual([]);
});

test("stall: the socket stays open, but neither frames nor pongs come", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using stalled = await subscribe(sandbox);
  stalled.socket.ping();
  await stalled.until(() => stalled.pongs() === 1);
  sandbox.setFault("stall", "now");
  await using fresh = await subscribe(sandbox);
  await clock.advance(1_000);
  stalled.socket.ping();
  await fresh.until(() => fresh.raw.length === 1);
  fresh.socket.ping();
  await fresh.until(() => fresh.pongs() === 1);
  expect(stalled.raw).toEqual([]);
  expect(stalled.pongs()).toBe(1);
  expect(stalled.socket.readyState).toBe(stalled.socket.OPEN);
  sandbox.setFault("stall", "on");
  const sent = sandbox.stats().framesSent;
  await clock.advance(30_000);
  expect(sandbox.stats().framesSent).toBe(sent);
});

test("duplicates are sent twice, out-of-order frames change places, and none is lost", async () => {
  const { sandbox, clock } = await practice({ calls: { kind: "practice" }, lines: 1, faults: [{ name: "duplicates", value: "1" }] });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(1_000);
  await one.until(() => one.raw.length === 2);
  expect(one.raw[0]).toBe(one.raw[1]);
  sandbox.setFault("duplicates", null);
  sandbox.setFault("out-of-order", 1);
  sandbox.play(hello);
  await clock.advance(16_000);
  await one.until(() => one.payloads().some((payload) => payload["interactionId"] === "hello" && payload["status"] === "ended"));
  const order = one.payloads().slice(2).map((payload) => String(payload["timestamp"]));
  expect(order).not.toEqual(order.toSorted());
  expect(one.payloads().filter((payload) => payload["interactionId"] === "hello" && payload["final"] === true).length).toBe(4);
});

test("foreign, malformed, binary, deep and oversized frames come on top; the call's own all arrive", async () => {
  const { sandbox, clock } = await practice({
    lines: 1,
    speed: 10,
    faults: [
      { name: "foreign", value: "2" },
      { name: "malformed", value: "1" },
      { name: "binary", value: "1" },
      { name: "deep", value: "1" },
    ],
  });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(7_900);
  await one.until(() => one.payloads().some((payload) => payload["status"] === "ended"));
  const agent = sandbox.config().assist.agentId;
  const foreign = one.payloads().filter((payload) => payload["agentId"] !== agent);
  expect(foreign.some((payload) => /refund/.test(String(payload["transcript"])))).toBe(true);
  const sequences = new Set(
    one
      .payloads()
      .filter((payload) => payload["agentId"] === agent && payload["final"] === true && payload["interactionId"] === "charged-twice" && typeof payload["transcript"] === "string")
      .map((payload) => payload["sequence"]),
  );
  expect(sequences.size).toBe(19);
  expect(one.raw.filter((frame) => Buffer.isBuffer(frame)).length).toBeGreaterThan(19);
  expect(one.raw.filter((frame) => typeof frame === "string" && frame.length > 100_000).length).toBeGreaterThan(19);
  expect(one.raw).toContain("not json at all");
  for (const name of ["foreign", "malformed", "binary", "deep"] as const) sandbox.setFault(name, null);
  sandbox.setFault("oversized", 1);
  sandbox.say({ text: "hello" });
  await one.until(() => one.raw.some((frame) => frame.length > 5_000_000));
});

test("html and bad-score change the frames themselves", async () => {
  const { sandbox } = await practice({ lines: 1, faults: [{ name: "html", value: "on" }, { name: "bad-score", value: "1" }] });
  await using _ = sandbox;
  await using one = await subscribe(sandbox, await bearer(sandbox));
  for (let turn = 0; turn < 6; turn += 1) sandbox.say({ text: "hello", sentimentScore: 0.5 });
  await one.until(() => one.raw.length === 6);
  expect(one.payloads()[0]?.["transcript"]).toContain("<img");
  for (const payload of one.payloads()) {
    const score = payload["sentimentScore"];
    expect(typeof score === "number" && Math.abs(score) <= 1).toBe(false);
  }
});

test("closing ends the sockets in order, leaves no timer, and frees the port", async () => {
  const { sandbox, clock } = await practice();
  const one = await subscribe(sandbox);
  await clock.advance(2_000);
  await sandbox[Symbol.asyncDispose]();
  expect(await one.closed).toBe(1001);
  expect(clock.pending()).toBe(0);
  const port = Number(new URL(sandbox.url).port);
  const next = await practice({ port });
  expect(next.sandbox.url).toBe(sandbox.url);
  await expect(practice({ port })).rejects.toThrow(/EADDRINUSE/);
  await next.sandbox[Symbol.asyncDispose]();
});

test.each([
  [{ speed: 0 }, "speed: found 0"],
  [{ speed: Number.NaN }, "speed: found NaN"],
  [{ lines: 0 }, "lines: found 0"],
])("refuses to start with %o", async (options, message) => {
  await expect(practice(options)).rejects.toThrow(message);
});
