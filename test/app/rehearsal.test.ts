import { dirname, join } from "node:path";
import { writeFileSync } from "node:fs";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createRehearsalDesk, type RehearsalDesk } from "../../electron/app/rehearsal.ts";
import type { RehearsalRequest } from "../../electron/app/rehearsal-protocol.ts";
import { createRehearsalService } from "../../electron/app/rehearsal-service.ts";
import type { Rules } from "../../electron/assist/compiled-rules.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import { err, ok } from "../../shared/result.ts";
import type { Rehearsal } from "../../shared/workshop.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { everything, historyFile } from "../support/history-parts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

const { triggers, policy } = fixtureSettings;
let clock: FakeClock;
let file: string;
let history: History;
let standing: Rules;
let listed: readonly string[];
let desk: RehearsalDesk;

beforeEach(async () => {
  clock = createFakeClock();
  file = await historyFile();
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: () => {} });
  if (!opened.ok) throw new Error(opened.error.detail);
  history = opened.value;
  standing = { triggers, policy };
  listed = [];
  desk = createRehearsalDesk({ clock, standing: () => standing, listed: () => listed });
  onTestFinished(async () => {
    await desk[Symbol.asyncDispose]();
    await history[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
  });
});

function tried(change: Partial<Rehearsal> = {}): Rehearsal {
  return { triggers: {}, policy: { prohibitedPhrases: ["refund form"] }, filter: everything, interactions: 200, ...change };
}

/** The same for the thread. */
function askedOf(file: string): RehearsalRequest {
  return { kind: "rehearse", file, tried: { triggers, policy: { ...policy, prohibitedPhrases: ["refund form"] } }, standing, filter: everything, interactions: 200 };
}

function talk(id: string, more: Parameters<typeof interactionEvent>[1] = {}): void {
  history.take(interactionEvent(id, { channel: "voice", ...more }));
  history.take(utteranceEvent(id, "u1", "a refund, please", { marks: [{ start: 2, end: 8 }] }));
  history.take({ kind: "suggestions", set: sampleSet(id, `${id}-s`) });
}

test("rules are tried on what was taken a moment ago, and compared with what holds now", async () => {
  talk("i1");
  const answer = await desk.rehearse(history, tried());
  expect(answer).toMatchObject({
    ok: true,
    value: { interactions: 1, utterances: 1, suggestions: 1, counts: { withheld: 1, loosened: 1, triggered: 0, untriggered: 0 }, tookMs: 0 },
  });
  expect(answer.ok ? answer.value.changes.find(({ kind }) => kind === "withheld") : null).toMatchObject({ interactionId: "i1", text: "Offer the refund form", marks: [{ start: 10, end: 21 }], by: { phrase: "refund form" } });
  standing = { triggers, policy: { ...policy, prohibitedPhrases: ["refund form"] } };
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true, value: { interactions: 1, changes: [] } });
});

test("phrases of a signed list hold beside those of the settings, before and after", async () => {
  talk("i1");
  listed = ["refund form", "legal action"];
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true, value: { interactions: 1, changes: [] } });
  expect(await desk.rehearse(history, tried({ policy: { prohibitedPhrases: [] } }))).toMatchObject({ ok: true, value: { counts: { loosened: 0 } } });
  listed = [];
  expect(await desk.rehearse(history, tried({ policy: { prohibitedPhrases: [] } }))).toMatchObject({ ok: true, value: { counts: { loosened: 1, withheld: 0 } } });
});

test("the newest interactions that pass the filter are looked at, as many as were asked for", async () => {
  talk("i1");
  talk("i2", { channel: "chat" });
  talk("i3");
  const ids = async (change: Partial<Rehearsal>): Promise<readonly string[]> => {
    const answer = await desk.rehearse(history, tried(change));
    return answer.ok ? answer.value.changes.filter(({ kind }) => kind === "withheld").map(({ interactionId }) => interactionId) : [answer.error.detail];
  };
  expect(await ids({})).toEqual(["i3", "i2", "i1"]);
  expect(await ids({ interactions: 2 })).toEqual(["i3", "i2"]);
  expect(await ids({ filter: { ...everything, channel: "voice" } })).toEqual(["i3", "i1"]);
  expect(await ids({ filter: { ...everything, from: 5_000 } })).toEqual([]);
});

test("nothing of what was forgotten is tried", async () => {
  talk("i1", { status: "ended" });
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true, value: { interactions: 1 } });
  expect(await history.forget({ by: "id", id: "i1" }, false)).toEqual({ ok: true, value: { interactions: 1, live: [] } });
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true, value: { interactions: 0, utterances: 0 } });
});

test("what is asked anew gives up what was asked before", async () => {
  talk("i1");
  const answers = await Promise.all([desk.rehearse(history, tried()), desk.rehearse(history, tried()), desk.rehearse(history, tried({ interactions: 7 }))]);
  expect(answers.map((answer) => (answer.ok ? "answered" : answer.error.code))).toEqual(["aborted", "aborted", "answered"]);
});

test("within the thread too, in the middle of its work", async () => {
  for (let index = 0; index < 40; index += 1) talk(`i${index}`);
  expect(await history.settled()).toEqual(ok(file));
  const answer = createRehearsalService();
  const first = answer(askedOf(file));
  const second = answer(askedOf(file));
  expect(await first).toMatchObject({ kind: "failed", fault: { code: "aborted" } });
  expect(await second).toMatchObject({ kind: "rehearsed", rehearsed: { interactions: 40 } });
  const third = answer(askedOf(file));
  expect(await answer({ kind: "close" })).toEqual({ kind: "done" });
  expect(await third).toMatchObject({ kind: "failed", fault: { code: "aborted" } });
});

test("a history that is not there yet has nothing to change, one that cannot be read says so", async () => {
  const answer = createRehearsalService();
  const nowhere = join(dirname(file), "none.sqlite");
  expect(await answer(askedOf(nowhere))).toMatchObject({ kind: "rehearsed", rehearsed: { interactions: 0, changes: [] } });
  const broken = join(dirname(file), "broken.sqlite");
  writeFileSync(broken, "this is no database, however long it is looked at");
  expect(await answer(askedOf(broken))).toMatchObject({ kind: "failed", fault: { code: "disk" } });
  const full = { kind: "transport", code: "disk", detail: "the disk is full" } as const;
  expect(await desk.rehearse({ settled: async () => err(full) }, tried())).toEqual(err(full));
});

test("the thread ends when it has not been asked for a while, and is there again when it is", async () => {
  talk("i1");
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true });
  await clock.advance(60_000);
  expect(await desk.rehearse(history, tried())).toMatchObject({ ok: true, value: { interactions: 1 } });
});

test("disposing gives up what is under way", async () => {
  talk("i1");
  const asked = desk.rehearse(history, tried());
  await desk[Symbol.asyncDispose]();
  expect(await asked).toMatchObject({ ok: false, error: { code: "aborted" } });
});
