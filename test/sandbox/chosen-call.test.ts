import { expect, test } from "vitest";
import { createCustomers } from "../../electron/sandbox/customers.ts";
import { createPlayback, type UpdatePayload } from "../../electron/sandbox/playback.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { shortCall } from "./sandbox-client.ts";

const calls = [shortCall("one", ["a", "b", "c"]), shortCall("two", ["d", "e"]), shortCall("three", ["f"])];

function play(options: { readonly lines?: number; readonly loop?: boolean } = {}) {
  const clock = createFakeClock();
  const told: UpdatePayload[] = [];
  const playback = createPlayback({ calls, lines: options.lines ?? 2, speed: 1, loop: options.loop ?? true, agentId: "a", clock, emit: (payload) => told.push(payload) });
  const ended = (): readonly string[] => told.filter(({ status }) => status === "ended").map(({ interactionId }) => interactionId);
  return { clock, told, playback, ended, said: (id: string) => told.filter((one) => one.interactionId === id && one.transcript !== undefined).map(({ transcript }) => transcript) };
}

test("held, every call that goes on ends at once, and none follows until it is let go", async () => {
  const { clock, told, playback, ended } = play();
  playback.start();
  await clock.advance(1_500);
  playback.hold();
  expect(ended().toSorted()).toEqual(["one", "two"]);
  const count = told.length;
  await clock.advance(600_000);
  expect(told).toHaveLength(count);
  expect(clock.pending()).toBe(0);
  playback.resume();
  playback.resume();
  await clock.advance(1_500);
  expect(new Set(told.slice(count).map(({ interactionId }) => interactionId)).size).toBe(2);
  playback[Symbol.dispose]();
  expect(clock.pending()).toBe(0);
});

test("a chosen call plays alone at a speed of its own, and says when it is over, once", async () => {
  const { clock, told, playback, said } = play();
  playback.start();
  playback.hold();
  const begun = told.length;
  let ends = 0;
  const chosen = shortCall("chosen", ["a", "b", "c"]);
  const last = chosen.lines.at(-1)?.offsetMs ?? 0;
  const id = playback.play(chosen, { speed: 2, onEnd: () => (ends += 1) });
  await clock.advance(last / 2);
  expect(said(id)).toEqual(["a", "b", "c"]);
  expect(ends).toBe(0);
  await clock.advance(60_000);
  expect(ends).toBe(1);
  expect(new Set(told.slice(begun).map(({ interactionId }) => interactionId))).toEqual(new Set([id]));
  expect(playback.hangUp(id)).toBe(false);
  expect(ends).toBe(1);
});

test("hanging up ends the one call, takes back what was still to be said, and lets the others be", async () => {
  const { clock, playback, ended, said } = play({ lines: 1 });
  playback.start();
  let ends = 0;
  const id = playback.play(shortCall("chosen", ["x", "y", "z"]), { onEnd: () => (ends += 1) });
  await clock.advance(1_000);
  const before = said(id);
  expect(playback.hangUp(id)).toBe(true);
  expect(ends).toBe(1);
  await clock.advance(2_000);
  expect(said(id)).toEqual(before);
  expect(ended()).toEqual([id]);
  expect(said("one").length).toBeGreaterThan(0);
});

test("held before anybody listens, only what was chosen is played when somebody does; what was hung up before is not", async () => {
  const { clock, told, playback } = play();
  playback.hold();
  let ends = 0;
  const gone = playback.play(shortCall("gone", ["x"]), { onEnd: () => (ends += 1) });
  const id = playback.play(shortCall("chosen", ["x"]));
  expect(playback.hangUp(gone)).toBe(true);
  expect(ends).toBe(1);
  playback.start();
  await clock.advance(60_000);
  expect(new Set(told.map(({ interactionId }) => interactionId))).toEqual(new Set([id]));
});

test("held, what waits is let go of, and says so", () => {
  const { playback } = play();
  let ends = 0;
  playback.play(shortCall("chosen", ["x"]), { onEnd: () => (ends += 1) });
  playback.hold();
  expect(ends).toBe(1);
});

test("the same call played again has an id of its own", async () => {
  const { clock, playback, ended } = play();
  playback.start();
  playback.hold();
  const [first] = calls;
  const ids = [0, 1].map(() => playback.play(first ?? shortCall("none", [])));
  expect(new Set([...ids, "one"]).size).toBe(3);
  await clock.advance(60_000);
  expect(ended()).toEqual(expect.arrayContaining(ids));
});

test("chats are held with the calls: they end, nobody begins, and they begin again when they are let go", async () => {
  const clock = createFakeClock();
  const log: string[] = [];
  let count = 0;
  const customers = createCustomers({
    chats: [{ id: "ann", customerName: "Ann", lines: ["hello", "more"] }],
    lines: 1,
    speed: 1,
    loop: true,
    clock,
    begin: () => `c${(count += 1)}`,
    say: (id, text) => log.push(`${id} ${text}`),
    end: (id) => log.push(`${id} ended`),
  });
  customers.start();
  await clock.advance(2_000);
  expect(log).toEqual(["c1 hello"]);
  customers.hold();
  expect(log).toEqual(["c1 hello", "c1 ended"]);
  customers.answered("c1", "too late");
  await clock.advance(600_000);
  expect(log).toHaveLength(2);
  expect(clock.pending()).toBe(0);
  customers.resume();
  await clock.advance(2_000);
  expect(log.at(-1)).toBe("c2 hello");
  customers[Symbol.dispose]();
  expect(clock.pending()).toBe(0);
});
