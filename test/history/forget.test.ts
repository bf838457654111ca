import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ForgetOutcome } from "../../shared/history.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import { migrations } from "../../electron/history/history-schema.ts";
import { everything, historyFile, historyItems, openHistoryFile, searchFor, tracesIn } from "../support/history-parts.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

const WORDS = ["xylophonist", "quicksilver", "Zwiebelfisch"] as const;

async function openHere(file: string): Promise<{ readonly history: History; readonly clock: FakeClock }> {
  const clock = createFakeClock();
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: () => {} });
  if (!opened.ok) throw new Error(opened.error.detail);
  onTestFinished(() => opened.value[Symbol.asyncDispose]());
  return { history: opened.value, clock };
}

/** A conversation whose every trace can be told, among others that stay. */
function takeTalk(history: History, id: string, customerName: string, status: "live" | "ended" = "ended"): void {
  history.take(interactionEvent(id, { customerName, status, queue: `queue of ${id}` }));
  for (let index = 0; index < 60; index += 1) history.take(utteranceEvent(id, `u${index}`, `${WORDS[0]} said ${id} ${index} ${"and went on ".repeat(20)}`));
  history.take(utteranceEvent(id, "u0", `${WORDS[1]} said ${id} instead`));
  history.take({ kind: "suggestions", set: sampleSet(id, `${id}-s`, { suggestions: [{ id: `${id}-a`, text: `${WORDS[2]} for ${id}`, confidence: 0.9, source: "KB" }] }) });
  history.record({ interactionId: id, suggestionId: `${id}-a`, disposition: "copied", undone: false, at: 3_000 });
}

function gone(interactions: number, ...live: readonly string[]): ForgetOutcome {
  return { interactions, live: live.map((id) => ({ id, startedAt: 1_000 })) };
}

describe("forgetting", () => {
  test("an interaction leaves nothing of it in any byte of the files, and everything of the others", async () => {
    const file = await historyFile();
    const { history } = await openHere(file);
    for (const id of ["alpha-1", "omega-2", "delta-3"]) takeTalk(history, id, `Customer ${id}`);
    await history.flush();
    expect(tracesIn(file, "said omega-2")).toEqual(["said omega-2"]);
    expect(await history.forget({ by: "id", id: "omega-2" }, false)).toEqual({ ok: true, value: gone(1) });
    expect(tracesIn(file, "said omega-2", "for omega-2", "Customer omega-2", "queue of omega-2", "omega-2-s", "omega")).toEqual([]);
    for (const id of ["alpha-1", "delta-3"]) expect(await history.interaction(id)).toMatchObject({ ok: true, value: { interaction: { id } } });
    expect(await history.search(searchFor("omega"))).toMatchObject({ ok: true, value: { hits: [] } });
    expect(await history.search(searchFor(WORDS[0]))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "delta-3" } }, { interaction: { id: "alpha-1" } }] } });
    expect(await history.overview(everything, "UTC", null)).toMatchObject({ ok: true, value: { total: { copied: 2, sets: 2 } } });
  });

  test("a customer is found however the name is written, and only by the whole name", async () => {
    const file = await historyFile();
    const { history } = await openHere(file);
    takeTalk(history, "one", "Zo\u00EB  Müller");
    takeTalk(history, "two", "zoe\u0308 MÜLLER ");
    takeTalk(history, "three", "Zoë Müllermann");
    expect(await history.forget({ by: "customer", name: " ZOË müller" }, true)).toEqual({ ok: true, value: gone(2) });
    expect(await history.interaction("one")).toMatchObject({ ok: true, value: { interaction: { id: "one" } } });
    expect(await history.forget({ by: "customer", name: " ZOË müller" }, false)).toEqual({ ok: true, value: gone(2) });
    expect(tracesIn(file, "said one", "said two", "said three")).toEqual(["said three"]);
  });

  test("leaves a conversation that is still going on and says which, and takes the others of the customer", async () => {
    const file = await historyFile();
    const { history } = await openHere(file);
    takeTalk(history, "old", "Jane");
    takeTalk(history, "now", "Jane", "live");
    expect(await history.forget({ by: "id", id: "now" }, false)).toEqual({ ok: true, value: gone(0, "now") });
    expect(await history.forget({ by: "customer", name: "Jane" }, true)).toEqual({ ok: true, value: gone(1, "now") });
    expect(await history.interaction("old")).toMatchObject({ ok: true, value: { interaction: { id: "old" } } });
    expect(await history.forget({ by: "customer", name: "Jane" }, false)).toEqual({ ok: true, value: gone(1, "now") });
    expect(tracesIn(file, "said old", "said now")).toEqual(["said now"]);
    history.take(interactionEvent("now", { customerName: "Jane", status: "ended", endedAt: 9_000 }));
    expect(await history.forget({ by: "customer", name: "Jane" }, false)).toEqual({ ok: true, value: gone(1) });
    expect(tracesIn(file, "said now")).toEqual([]);
  });

  test("takes what was live when the program ended, whose end nobody heard", async () => {
    const file = await historyFile();
    const before = await openHere(file);
    takeTalk(before.history, "cut", "Jane", "live");
    takeTalk(before.history, "goes on", "Jane", "live");
    takeTalk(before.history, "over", "Jane");
    await before.history[Symbol.asyncDispose]();
    const { history } = await openHere(file);
    const cut = await history.interaction("cut");
    expect(cut).toMatchObject({ ok: true, value: { interaction: { status: "ended" } } });
    expect(cut.ok ? cut.value?.interaction : null).not.toHaveProperty("endedAt");
    history.take(utteranceEvent("goes on", "u99", "hello again"));
    expect(await history.interaction("goes on")).toMatchObject({ ok: true, value: { interaction: { status: "live" } } });
    expect(await history.forget({ by: "customer", name: "Jane" }, false)).toEqual({ ok: true, value: gone(2, "goes on") });
    expect(tracesIn(file, "said cut", "said over", "hello again")).toEqual(["hello again"]);
  });

  test("takes a conversation that nobody ended once nothing was said in it for half an hour, and late lines do not open an ended one", async () => {
    const { history, clock } = await openHere(await historyFile());
    takeTalk(history, "quiet", "Jane", "live");
    takeTalk(history, "busy", "Joe", "live");
    history.take(interactionEvent("over", { customerName: "Jim", status: "ended", endedAt: 1_500 }));
    await history.flush();
    await clock.advance(29 * 60_000);
    history.take(utteranceEvent("busy", "u99", "still here"));
    history.take(utteranceEvent("over", "u99", "a late line"));
    await history.flush();
    expect(await history.forget({ by: "id", id: "quiet" }, true)).toEqual({ ok: true, value: gone(0, "quiet") });
    await clock.advance(60_000);
    expect(await history.forget({ by: "id", id: "quiet" }, false)).toEqual({ ok: true, value: gone(1) });
    expect(await history.forget({ by: "id", id: "busy" }, false)).toEqual({ ok: true, value: gone(0, "busy") });
    expect(await history.forget({ by: "id", id: "over" }, false)).toEqual({ ok: true, value: gone(1) });
  });

  test("holds for what was only taken and not yet written, and for what comes late", async () => {
    const file = await historyFile();
    const { history } = await openHere(file);
    takeTalk(history, "gone", "Jane");
    expect(await history.forget({ by: "id", id: "gone" }, false)).toEqual({ ok: true, value: gone(1) });
    history.record({ interactionId: "gone", suggestionId: "gone-a", disposition: "helpful", undone: false, at: 9 });
    history.take(utteranceEvent("gone", "u99", "late words of gone"));
    await history.flush();
    expect(await history.interaction("gone")).toEqual({ ok: true, value: null });
    expect(tracesIn(file, "late words")).toEqual([]);
  });

  test("of what is not there changes nothing", async () => {
    const { history } = await openHere(await historyFile());
    takeTalk(history, "stays", "Jane");
    expect(await history.forget({ by: "id", id: "never" }, false)).toEqual({ ok: true, value: gone(0) });
    expect(await history.forget({ by: "customer", name: "Nobody" }, false)).toEqual({ ok: true, value: gone(0) });
    expect(await history.counts()).toMatchObject({ ok: true, value: { interactions: 1 } });
  });

  test("goes on until no trace is left where somebody still reads an older state", async () => {
    const file = await historyFile();
    const { history, clock } = await openHere(file);
    takeTalk(history, "alpha-1", "Jane");
    takeTalk(history, "omega-2", "Joe");
    await history.flush();
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec("BEGIN");
    expect(reader.prepare("SELECT count(*) AS n FROM utterances").get()).toMatchObject({ n: 120 });
    expect(await history.forget({ by: "id", id: "omega-2" }, false)).toEqual({ ok: true, value: gone(1) });
    expect(tracesIn(file, "omega-2")).toEqual(["omega-2"]);
    reader.exec("COMMIT");
    reader.close();
    await clock.advance(1_000);
    // Asked after the attempt, in the same thread, so answered after it.
    await history.counts();
    expect(tracesIn(file, "omega-2")).toEqual([]);
  });
});

test("a file of the first version keeps everything, and can be searched and counted", async () => {
  const file = await historyFile();
  const old = new DatabaseSync(file);
  old.exec(`${migrations[0] ?? ""}; PRAGMA user_version = 1`);
  old.exec(`INSERT INTO interactions VALUES ('late', 'ended', 9000, 9500, 'a1', 'Jane', 'voice', 'billing', 9500), ('early', 'ended', 1000, NULL, NULL, NULL, NULL, NULL, 1500);
    INSERT INTO utterances VALUES ('late', 'u1', 'customer', 'where is my parcel', 9100, -0.5, 1, '[]'), ('late', 'u2', 'customer', 'thank you', 9200, 0.5, 2, '[]'), ('early', 'u1', 'agent', 'parcel desk', 1100, 0, NULL, '[]');
    INSERT INTO sets VALUES (7, 'late', 's1', 'u1', 9100, 1, '{"kind":"keyword","matches":[{"keyword":"parcel","text":"parcel"},{"keyword":"where","text":"where"}]}', 'fallback', NULL, 0, NULL, '[]', 'filled', 'v1', 2000, NULL, 9110),
      (8, 'late', 's1', 'u1', 9100, 1, '{"kind":"keyword","matches":[{"keyword":"parcel","text":"parcel"},{"keyword":"where","text":"where"}]}', 'live', 'fallback', 0, NULL, '[{"rule":"phrase","phrase":"sue"},{"rule":"phrase","phrase":"sue"}]', 'filled', 'v1', 300, 290, 9120);
    INSERT INTO suggestions VALUES (7, 0, 'f', 'Please wait', 1, 'fallback'), (8, 0, 'g', 'Track the parcel', 0.9, 'KB');
    INSERT INTO dispositions VALUES (1, 'late', 'g', 'displayed', 0, 9121), (2, 'late', 'g', 'dismissed', 0, 9130), (3, 'late', 'g', 'dismissed', 1, 9131), (4, 'late', 'g', 'copied', 0, 9132)`);
  old.close();

  const database = openHistoryFile(file);
  expect(database.interaction("late")).toMatchObject({ utterances: [{ id: "u1" }, { id: "u2" }], sets: [{ id: "s1", origin: "fallback" }, { id: "s1", origin: "live", suggestions: [{ text: "Track the parcel" }] }], dispositions: [{}, {}, {}, {}] });
  expect(database.counts()).toEqual({ interactions: 2, utterances: 3, sets: 2, suggestions: 2, dispositions: { displayed: 1, clicked: 0, copied: 1, sent: 0, dismissed: 0, helpful: 0, "not helpful": 0 } });
  database.write(historyItems(utteranceEvent("early", "u2", "a new line about the parcel"), interactionEvent("newest")), 10_000);

  const { history } = await openHere(file);
  expect(await history.search(searchFor("parcel"))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "late" } }, { interaction: { id: "early" }, utterances: 2 }] } });
  expect(await history.overview({ ...everything, from: 0, to: 20_000 }, "UTC", null)).toMatchObject({
    ok: true,
    value: {
      total: { sets: 1, fallbacks: 1, displayed: 1, copied: 1, dismissed: 0, withheld: 2, latencyP50: 300 },
      sentiment: { interactions: 2, start: -0.375, end: 0.125, better: 1, same: 1 },
      withheldBy: [{ rule: "phrase", words: "sue", count: 2 }],
      utterances: 4,
    },
  });
});
