import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { practise, START } from "../support/practice-run.ts";
import { temporary } from "../support/program.ts";

test("free running stays until a call is chosen; the choice tells what each is about, how long it is and what moments it holds", async () => {
  const { view, passUntil, state } = await practise();
  expect(view().state).toEqual({ kind: "free" });
  expect(view().scores).toEqual([]);
  expect(view().calls.length).toBeGreaterThanOrEqual(12);
  for (const call of view().calls) {
    expect(call.title).not.toBe("");
    expect(call.about.length).toBeGreaterThan(20);
    expect(call.minutes).toBeGreaterThan(0.5);
  }
  expect(view().calls.find(({ id }) => id === "charged-twice")).toMatchObject({ title: "Charged twice", language: "en", channel: "voice", queue: "Billing", minutes: 1.3, moments: 3 });
  expect(view().calls.find(({ id }) => id === "new-address")?.moments).toBe(0);
  await passUntil(() => state().interactions.length >= 2, 20_000);
});

test("a chosen call plays alone, at its speed, and is scored at its end: moments, shown, used, missed, seconds to use", async () => {
  const { view, passUntil, give, state, talk, act, over, clock, moments } = await practise();
  await passUntil(() => state().interactions.length >= 2, 20_000);
  const begun = clock.now();
  expect(await give("practice.start", START)).toEqual({ ok: true, value: null });
  expect(view().state).toMatchObject({ kind: "running", ...START, since: begun, tally: { moments: 0, shown: 0, used: 0, missed: 0 } });
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  expect(state().interactions).toHaveLength(1);
  await act("displayed");
  await clock.advance(1_500);
  await act("copied");
  expect(view().state).toMatchObject({ kind: "running", tally: { moments: 1, shown: 1, used: 1, missed: 0 } });
  await passUntil(() => (talk()?.sets.length ?? 0) === 2, 20_000);
  await act("displayed", "dismissed");
  await passUntil(() => (talk()?.sets.length ?? 0) === 3, 20_000);
  await act("displayed");
  await passUntil(over, 40_000);
  // 77 seconds of call at four times the speed of life.
  expect(clock.now() - begun).toBeGreaterThan(19_000);
  expect(clock.now() - begun).toBeLessThan(25_000);
  const [score] = view().scores;
  expect(score).toMatchObject({ ...START, end: "finished", moments: 3, shown: 3, used: 1, missed: 1, secondsToUse: 1.5 });
  expect(view().state).toEqual({ kind: "ready", scoreId: score?.id });
  const listed = await moments(score?.id ?? "");
  expect(listed.map(({ outcome }) => outcome)).toEqual(["used", "judged", "missed"]);
  expect(listed[0]?.said).toContain("refund for the second one");
  expect(listed[0]?.suggestions).toEqual([{ text: expect.any(String), used: true }]);
  // Nothing follows by itself, and the call stays to be looked at.
  await clock.advance(60_000);
  expect(state().interactions.map(({ interaction }) => interaction.status)).toEqual(["ended"]);
});

test("a call that is stopped leaves what was done, marked so; one that is stopped before its first moment leaves nothing", async () => {
  const { view, passUntil, give, state, talk, act } = await practise();
  await give("practice.start", START);
  await passUntil(() => (talk()?.utterances.length ?? 0) > 0, 20_000);
  await give("practice.stop");
  expect(view()).toMatchObject({ state: { kind: "ready", scoreId: null }, scores: [] });
  await give("practice.start", { ...START, callId: "parcel-in-the-rain" });
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  await act("displayed", "copied");
  await give("practice.stop");
  expect(view().scores).toMatchObject([{ callId: "parcel-in-the-rain", end: "stopped", moments: 1, used: 1 }]);
  await passUntil(() => state().interactions.every(({ interaction }) => interaction.status === "ended"), 5_000);
  expect(await give("practice.stop")).toEqual({ ok: true, value: null });
});

test("a call that plays to nobody for a minute, as with its tab or window closed, is interrupted, and not by a page that is loaded again", async () => {
  const { view, passUntil, give, talk, act, clock, desk } = await practise();
  await give("practice.start", { ...START, speed: 0.5 });
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 60_000);
  await act("displayed");
  desk.attend(false);
  await clock.advance(30_000);
  desk.attend(true);
  await clock.advance(31_000);
  expect(view().state.kind).toBe("running");
  desk.attend(false);
  await clock.advance(59_999);
  expect(view().state.kind).toBe("running");
  await clock.advance(1);
  const [score] = view().scores;
  expect(score).toMatchObject({ end: "interrupted", startedAt: expect.any(Number), endedAt: clock.now() });
  expect(view().state).toEqual({ kind: "ready", scoreId: score?.id });
});

test("a call that ends while the panel is before nobody is interrupted, too", async () => {
  const { view, passUntil, give, talk, act, over, desk } = await practise();
  await give("practice.start", START);
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  await act("displayed");
  desk.attend(false);
  await passUntil(over, 40_000);
  expect(view().scores).toMatchObject([{ end: "interrupted" }]);
});

test("another call takes the place of the one that runs, which is kept as stopped; one that does not exist changes nothing", async () => {
  const { view, passUntil, give, state, talk, act } = await practise();
  await give("practice.start", START);
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  await act("displayed");
  expect(await give("practice.start", { ...START, callId: "nobody" })).toMatchObject({ ok: false, error: { code: "not-found-here", detail: expect.stringContaining('"nobody"') } });
  expect(view().state).toMatchObject({ kind: "running", callId: "charged-twice" });
  await give("practice.start", START);
  expect(view().scores).toMatchObject([{ end: "stopped", missed: 1 }]);
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  expect(state().interactions).toHaveLength(1);
  expect(view().state).toMatchObject({ tally: { moments: 1, shown: 0 } });
});

test.each([
  [{ ...START, speed: 0.4 }, "speed"],
  [{ ...START, speed: 4.1 }, "speed"],
  [{ ...START, fault: "on fire" }, "fault"],
  [{ callId: "charged-twice" }, "speed"],
] as const)("a start that is wrong is refused with what is wrong: %j", async (input, field) => {
  const { give, view } = await practise();
  expect(await give("practice.start", input)).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining(field) } });
  expect(view().state).toEqual({ kind: "free" });
});

test("a call begins with the whole budget of cards, whatever the one before has shown a moment ago", async () => {
  const { passUntil, give, talk } = await practise();
  await give("settings.change", { display: { cardsPerMinute: 1 } });
  for (const round of [1, 2]) {
    await give("practice.start", START);
    await passUntil(() => (talk()?.sets.length ?? 0) > 0, 20_000);
    expect(Object.values(talk()?.sets[0]?.cards ?? {}).map(({ visibility }) => visibility), `round ${round}`).toContain("shown");
    await give("practice.stop");
  }
});

test("free lets calls follow one another again, without any fault", async () => {
  const { view, passUntil, give, state, practice } = await practise();
  await give("practice.start", { ...START, fault: "dropping" });
  expect(Object.keys(practice.sandbox.faults())).toEqual(["drop", "replay"]);
  await give("practice.free");
  expect(view().state).toEqual({ kind: "free" });
  expect(practice.sandbox.faults()).toEqual({});
  await passUntil(() => state().interactions.filter(({ interaction }) => interaction.status === "live").length >= 2, 60_000);
});

test("a platform that fails shows fallbacks, one that is slow shows them first, and both end with a score", async () => {
  const { view, passUntil, give, talk, over, practice } = await practise();
  await give("practice.start", { ...START, fault: "failing" });
  await passUntil(() => talk()?.sets.some(({ set }) => set.origin === "fallback") === true, 30_000);
  await give("practice.start", { ...START, fault: "slow" });
  expect(practice.sandbox.faults()).toEqual({ latency: "3000" });
  await passUntil(() => talk()?.sets.some(({ set }) => set.replaces === "fallback") === true, 30_000);
  await passUntil(over, 40_000);
  expect(view().scores[0]).toMatchObject({ fault: "slow", end: "finished" });
  expect(practice.sandbox.faults()).toEqual({});
});

test("where the connection drops again and again, even over the last word, the call comes to its end and is scored", async () => {
  const { view, passUntil, give, state, over, practice, clock } = await practise();
  await give("practice.start", { ...START, fault: "dropping" });
  practice.sandbox.setFault("drop", 0.5);
  await passUntil(over, 60_000);
  expect(view().scores[0]).toMatchObject({ fault: "dropping", end: "finished" });
  expect(practice.sandbox.faults()).toEqual({ replay: "8" });
  practice.sandbox.setFault("drop-now", "now");
  await clock.advance(60_000);
  await passUntil(() => state().interactions.every(({ interaction }) => interaction.status === "ended"), 60_000);
});

test("a program that ends in the middle leaves a score that says so, and what was done is listed at the next start", async () => {
  const first = await practise();
  await first.give("practice.start", START);
  await first.passUntil(() => (first.talk()?.sets.length ?? 0) === 1, 20_000);
  await first.act("displayed", "copied");
  await first.close();
  const second = await practise(first.dataFolder);
  await second.passUntil(() => second.view().scores.length > 0, 5_000);
  const [score] = second.view().scores;
  expect(score).toMatchObject({ callId: "charged-twice", end: "interrupted", moments: 1, used: 1 });
  expect(await second.moments(score?.id ?? "")).toMatchObject([{ outcome: "used" }]);
  expect(await second.give("practice.moments", { scoreId: "gone" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
});

test("a program that is killed has left the same on the disk", async () => {
  const { give, passUntil, talk, act, dataFolder, view } = await practise();
  await give("practice.start", START);
  await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
  await act("displayed");
  // While it runs, nothing of it is listed.
  expect(view().scores).toEqual([]);
  await expect.poll(() => readFile(join(dataFolder, "practice", "scores.json"), "utf8").catch(() => "")).toContain('"end": "interrupted"');
  await expect.poll(() => readFile(join(dataFolder, "practice", "scores.json"), "utf8")).toContain('"missed": 1');
});

test("a damaged file of scores is told, and practice goes on", async () => {
  const folder = await temporary();
  await mkdir(join(folder, "practice"));
  await writeFile(join(folder, "practice", "scores.json"), "{");
  const { state, passUntil, view, give } = await practise(folder);
  await passUntil(() => state().notices.some(({ id }) => id === "practice-scores"), 5_000);
  expect(state().notices[0]?.effect).toContain("damaged-");
  expect((await give("practice.start", START)).ok).toBe(true);
  expect(view().state.kind).toBe("running");
});

test("outside of practice nothing can be practised", async () => {
  const { desk } = await practise();
  expect(desk.publisher.state().practice).not.toBeNull();
  const { app, clock } = await practise();
  const live = createPanelDesk(app, "live", clock);
  onTestFinished(() => live[Symbol.asyncDispose]());
  expect(await live.commands("practice.start", START)).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(live.publisher.state().practice).toBeNull();
});
