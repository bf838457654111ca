import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createNotices } from "../../electron/app/notices.ts";
import { createRecords } from "../../electron/app/records.ts";
import type { Config } from "../../electron/config/complete-config.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import { openHistory } from "../../electron/history/history.ts";
import { bridgeEvents, spoken } from "../support/bridge-events.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { openProgram, temporary, TEST_ENV, type Program } from "../support/program.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";
import { startScripted } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

/** A configuration as a file of these sections makes it. */
function configOf(folder: string, file: Readonly<Record<string, unknown>>): Config {
  const loaded = loadConfig({ file: { path: join(folder, "callside.config.json"), text: JSON.stringify(file) }, env: {}, flags: [], dataFolder: folder, cwd: folder });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.config;
}

async function setUp() {
  const folder = await temporary();
  const clock = createFakeClock();
  const notices = createNotices(clock);
  const records = createRecords({ clock, dataFolder: folder, notices, secrets: () => ["hush-hush-secret"] });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= Promise.resolve(records[Symbol.asyncDispose]()));
  onTestFinished(close);
  const lines = async (directory = "audit") => {
    const text = await readFile(join(folder, directory, "audit-2026-01-05.jsonl"), "utf8");
    return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  };
  return { folder, clock, notices, records, close, lines };
}

/** Every file below a folder with its text, the bytes of a database as they are. */
async function everyFile(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = new Map<string, string>();
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files.set(name, await readFile(path, "latin1"));
  }
  return files;
}

test("nothing is opened, made or written before the configuration asks for it", async () => {
  const { folder, records, close } = await setUp();
  records.take(interactionEvent("talk"));
  records.note("STARTED", {});
  await records.apply(configOf(folder, {}));
  records.take({ kind: "suggestions", set: sampleSet("talk", "s1") });
  await close();
  expect(await readdir(folder)).toEqual([]);
});

test("answers, dispositions, connections and changes each have their line, in order, with ids in place of words", async () => {
  const { folder, records, close, lines } = await setUp();
  await records.apply(configOf(folder, { audit: {} }));
  records.take(interactionEvent("talk"));
  records.take(utteranceEvent("talk", "u1", "my marigold refund"));
  const set = sampleSet("talk", "s1");
  const [suggestion] = set.suggestions;
  if (suggestion === undefined) throw new Error("the sample has a suggestion");
  records.take({ kind: "suggestions", set });
  records.take({ kind: "rejudged", set: { ...set, suggestions: [], withheld: [{ rule: "confidence", confidence: 0.9, minConfidence: 0.95 }], outcome: "emptied" } });
  records.disposition({ interactionId: "talk", suggestionId: suggestion.id, disposition: "copied", undone: false, set, suggestion });
  records.disposition({ interactionId: "talk", suggestionId: suggestion.id, disposition: "helpful", undone: true, set, suggestion });
  records.connection("stream", { kind: "connected", since: 1 });
  records.connection("stream", { kind: "reconnecting", since: 1, attempt: 1, retryAt: 2, fault: { kind: "transport", code: "socket-abnormal", detail: "", closeCode: 1006 } });
  records.connection("stream", { kind: "rejected", since: 1, fault: { kind: "refused", code: "forbidden", detail: "no role", status: 403 } });
  records.note("CONFIGURATION_CHANGED", { keys: ["assist.keywords"] });
  await close();
  expect((await lines()).map(({ event, data }) => [event, data])).toEqual([
    ["INTERACTION", { interactionId: "talk", status: "live" }],
    ["ASSIST_SUGGESTIONS", expect.objectContaining({ setId: "s1", trigger: "keyword", keywords: ["refund"], shown: ["s1-a"], withheld: [{ rule: "phrase", phrase: "legal action" }] })],
    ["ASSIST_POLICY_APPLIED", expect.objectContaining({ setId: "s1", shown: [], outcome: "emptied" })],
    ["SUGGESTION_DISPOSITION", { interactionId: "talk", suggestionId: "s1-a", disposition: "copied", undone: false }],
    ["SUGGESTION_DISPOSITION", { interactionId: "talk", suggestionId: "s1-a", disposition: "helpful", undone: true }],
    ["CONNECTION", { name: "stream", state: "connected" }],
    ["CONNECTION", { name: "stream", state: "reconnecting", reason: "socket-abnormal", detail: "", closeCode: 1006 }],
    ["CONNECTION", { name: "stream", state: "rejected", reason: "forbidden", detail: "no role", status: 403 }],
    ["CONFIGURATION_CHANGED", { keys: ["assist.keywords"] }],
  ]);
  const text = JSON.stringify(await lines());
  expect(text).not.toMatch(/marigold|Offer the refund form|refunded/u);
});

test("the bridge is kept in audit, metrics and log, each its own part, and no word that was said in any of them", async () => {
  const { folder, records, close, lines } = await setUp();
  await records.apply(configOf(folder, { audit: {}, history: {}, telemetry: { metricsFile: "metrics.jsonl" } }));
  for (const event of Object.values(bridgeEvents)) records.bridge(event);
  records.bridge(bridgeEvents.malformed);
  await close();
  expect((await lines()).map(({ event }) => event)).toEqual([
    "BRIDGE_SENT",
    "BRIDGE_WITHHELD",
    "BRIDGE_DEAD_LETTER",
    "BRIDGE_UNCERTAIN",
    "BRIDGE_SETTLED",
    "BRIDGE_ANSWERER",
  ]);
  const files = await everyFile(folder);
  const textOf = (name: string) => files.get(name) ?? "";
  expect(textOf("metrics.jsonl").match(/"eventType":"\w+"/gu)).toHaveLength(7);
  const logged = textOf("logs/callside.log").trimEnd().split("\n").map((line) => JSON.parse(line));
  expect(logged.filter(({ event }) => event === "frame of Genesys skipped")).toHaveLength(1);
  expect(logged).toContainEqual(expect.objectContaining({ event: "repeated", kind: "bridge frame: no id", count: 2 }));
  expect(logged).toContainEqual(expect.objectContaining({ level: "error", event: "bridge storage", detail: "the disk is full" }));
  for (const [name, text] of files) expect([name, spoken.test(text)]).toEqual([name, false]);
});

test("an audit folder that is moved is written to from then on, and the old chain ends whole", async () => {
  const { folder, records, close, lines } = await setUp();
  await records.apply(configOf(folder, { audit: { directory: "first" } }));
  records.note("ONE", {});
  await records.apply(configOf(folder, { audit: { directory: "second" } }));
  records.note("TWO", {});
  await records.apply(configOf(folder, {}));
  records.note("THREE", {});
  await close();
  expect((await lines("first")).map((line) => line.event)).toEqual(["ONE"]);
  expect((await lines("second")).map((line) => line.event)).toEqual(["TWO"]);
});

test("a configuration that changes elsewhere leaves the open files alone", async () => {
  const { folder, records, close, lines } = await setUp();
  await records.apply(configOf(folder, { audit: {}, panel: { quiet: true } }));
  records.note("ONE", {});
  // Queued and not written yet: a file that is opened anew would have been closed, and so written, before.
  await records.apply(configOf(folder, { audit: {}, panel: { quiet: false } }));
  expect(existsSync(join(folder, "audit", "audit-2026-01-05.jsonl"))).toBe(false);
  await close();
  expect(await lines()).toHaveLength(1);
});

test("an audit that is refused is not retried after it is switched off, and leaves no timer when it closes", async () => {
  const { folder, clock, notices, records, close } = await setUp();
  await writeFile(join(folder, "audit"), "a file where a folder should be");
  await records.apply(configOf(folder, { audit: {} }));
  expect(notices.all()).toMatchObject([{ id: "audit", level: "error" }]);
  expect(clock.pending()).toBe(1);
  await records.apply(configOf(folder, {}));
  expect(notices.all()).toEqual([]);
  expect(clock.pending()).toBe(0);
  await records.apply(configOf(folder, { audit: {} }));
  const closing = close();
  await closing;
  expect(clock.pending()).toBe(0);
});

test("an audit that is refused is tried again every 15 s until it can be had", async () => {
  const { folder, clock, notices, records, close, lines } = await setUp();
  await writeFile(join(folder, "audit"), "a file where a folder should be");
  await records.apply(configOf(folder, { audit: {} }));
  await clock.advance(15_000);
  await until(() => clock.pending() === 1, "the next attempt is due");
  expect(notices.all()).toHaveLength(1);
  await rm(join(folder, "audit"));
  await clock.advance(15_000);
  await until(() => notices.all().length === 0, "the notice is gone");
  records.note("KEPT", {});
  await close();
  expect((await lines()).map((line) => line.event)).toEqual(["KEPT"]);
});

test("a history of a newer version is told and left untouched, and the rest is kept", async () => {
  const { folder, notices, records, close, lines } = await setUp();
  const { DatabaseSync } = await import("node:sqlite");
  const file = join(folder, "history.sqlite");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE theirs (a); PRAGMA user_version = 999");
  database.close();
  const before = await readFile(file);
  await records.apply(configOf(folder, { audit: {}, history: {} }));
  expect(notices.all()).toMatchObject([{ id: "history", level: "error" }]);
  expect(records.pastFault()).toMatchObject({ code: "newer-file" });
  records.take(interactionEvent("talk"));
  await records.apply(configOf(folder, { audit: {} }));
  expect(records.pastFault()).toBeNull();
  await close();
  expect(await readFile(file)).toEqual(before);
  expect(await lines()).toHaveLength(1);
});

test("a damaged history is set aside, which is told by the name it went to", async () => {
  const { folder, notices, records, clock, close } = await setUp();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "history.sqlite"), Buffer.alloc(8_192, 7));
  await records.apply(configOf(folder, { history: {} }));
  records.take(interactionEvent("talk"));
  await clock.advance(200);
  await until(() => notices.all().length === 1);
  expect(notices.all()[0]).toMatchObject({ id: "history-set-aside", what: "The history was damaged." });
  const aside = (await readdir(folder)).find((name) => name.startsWith("history.sqlite") && name !== "history.sqlite" && notices.all()[0]?.effect.includes(name));
  expect(aside).toBeDefined();
  await close();
});

test("the secrets of the environment are struck out of the log wherever they turn up", async () => {
  const { folder, records, close } = await setUp();
  records.take({ kind: "malformed", reason: "hush-hush-secret", bytes: 3 });
  await close();
  const log = await readFile(join(folder, "logs", "callside.log"), "utf8");
  expect(log).toContain("malformed frame");
  expect(log).not.toContain("hush-hush-secret");
});

test("of a whole call nothing that was said or suggested, no secret and no token reaches audit, metrics or log; the history has the words, masked", async () => {
  const platform = await startScripted();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const program: Program = await openProgram({
    config: {
      assist: { orgDomain: "desk.example", ...platform.addresses, fallback: [{ text: "One moment, zinnia.", confidence: 0.9 }] },
      audit: { directory: "audit" },
      history: {},
      telemetry: { metricsFile: "metrics.jsonl" },
      panel: { role: "supervisor" },
    },
  });
  await program.connected();
  platform.update({ utteranceId: "u1", transcript: "a marigold refund to card 4111 1111 1111 1111", customerName: "Petunia Dahlia", context: { note: "hyacinth" } });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([
    { text: "Offer the chrysanthemum form.", confidence: 0.95, source: "Snapdragon article" },
    { text: "Threaten legal action with lavender.", confidence: 0.95, source: "KB" },
    { text: "An unsure begonia.", confidence: 0.2, source: "KB" },
  ]);
  await until(() => program.sets().length === 1);
  const card = program.sets()[0]?.suggestions[0]?.id ?? "";
  for (const disposition of ["displayed", "copied", "helpful"] as const) {
    expect(await program.command("suggestion.record", { interactionId: "talk", suggestionId: card, disposition })).toMatchObject({ ok: true });
  }
  platform.update({ utteranceId: "u2", transcript: "cancel the peonies", sentimentScore: -0.9 });
  await until(() => platform.asked.length === 2);
  platform.asked[1]?.refuse(400, {}, { message: "the transcript 'cancel the peonies' is not allowed" });
  await until(() => program.sets().length === 2);
  platform.raw('{"broken": "magnolia');
  platform.stream.connections.at(-1)?.close(1011, "orchid trouble at scripted-token-1");
  await until(() => program.stream().kind === "reconnecting");
  await program.close();

  const files = await everyFile(program.folder);
  const kept = [...files].filter(([name]) => !name.includes("history") && !name.endsWith("config.json"));
  expect(kept.map(([name]) => name.split(/[\\/]/u).at(-1))).toEqual(expect.arrayContaining(["audit-2026-01-05.jsonl", "metrics.jsonl", "callside.log"]));
  for (const [name, text] of kept) {
    for (const word of ["marigold", "4111", "Petunia", "hyacinth", "chrysanthemum", "Snapdragon", "lavender", "begonia", "peonies", "zinnia", "magnolia"]) {
      expect(text.includes(word), `${word} in ${name}`).toBe(false);
    }
  }
  for (const [name, text] of files) {
    for (const secret of [TEST_ENV.COGNIGY_CLIENT_SECRET, "scripted-token"]) expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
  }
  // It is not for lack of records.
  const events = (await program.audit()).map((line) => line.event);
  expect(events.filter((event) => event === "SUGGESTION_DISPOSITION")).toHaveLength(3);
  expect(events.filter((event) => event === "ASSIST_SUGGESTIONS")).toHaveLength(2);
  expect(events[0]).toBe("STARTED");
  expect(events.at(-2)).toBe("STOPPED");
  expect(await program.metrics()).toMatchObject([{ suggestionCount: 1, blockedCount: 2 }, { fallback: true }]);

  const history = await openHistory({ file: join(program.folder, "data", "history.sqlite"), mask: true, retentionDays: 30, clock: createFakeClock(), onTrouble: () => undefined });
  if (!history.ok) throw new Error(history.error.detail);
  const record = JSON.stringify(await history.value.interaction("talk"));
  await history.value[Symbol.asyncDispose]();
  expect(record).toContain("marigold");
  expect(record).toContain("chrysanthemum");
  expect(record).toContain("copied");
  expect(record).not.toContain("4111");
});
