import { readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openHistory, type History, type HistoryOptions } from "../../electron/history/history.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { everything, historyFile, searchFor } from "../support/history-parts.ts";
import { interactionEvent, utteranceEvent } from "../support/sample-events.ts";

type Trouble = Parameters<HistoryOptions["onTrouble"]>[0];

async function openHere(file: string): Promise<{ readonly history: History; readonly told: Trouble[] }> {
  const told: Trouble[] = [];
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock: createFakeClock(), onTrouble: (trouble) => told.push(trouble) });
  if (!opened.ok) throw new Error(opened.error.detail);
  onTestFinished(() => opened.value[Symbol.asyncDispose]());
  return { history: opened.value, told };
}

test("what was only taken is found at once, because it is written before the question", async () => {
  const { history } = await openHere(await historyFile());
  history.take(interactionEvent("i1", { customerName: "Jane" }));
  history.take(utteranceEvent("i1", "u1", "parcels everywhere"));
  expect(await history.search(searchFor("parcel"))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "i1" } }] } });
  history.take(utteranceEvent("i1", "u2", "and letters"));
  expect(await history.search(searchFor("letters "))).toMatchObject({ ok: true, value: { hits: [{ utterances: 2 }] } });
  expect(await history.facets()).toMatchObject({ ok: true, value: { interactions: 1 } });
});

test("a history that is no database is set aside, told, and its questions are answered from the new one", async () => {
  const file = await historyFile();
  writeFileSync(file, "no database at all, but long enough to look like one ".repeat(40));
  const { history, told } = await openHere(file);
  expect(await history.search(searchFor(""))).toMatchObject({ ok: true, value: { hits: [] } });
  history.take(utteranceEvent("i1", "u1", "a new beginning"));
  expect(await history.search(searchFor("beginning"))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "i1" } }] } });
  expect(told).toMatchObject([{ kind: "set-aside" }]);
  expect(readdirSync(dirname(file)).length).toBeGreaterThan(1);
});

test("a history that another program holds answers with what is wrong, and with what is right once it is free", async () => {
  const file = await historyFile();
  const { history } = await openHere(file);
  history.take(utteranceEvent("i1", "u1", "words"));
  await history.flush();
  const other = new DatabaseSync(file);
  other.exec("BEGIN EXCLUSIVE");
  history.take(utteranceEvent("i1", "u2", "more words"));
  expect(await history.overview(everything, "UTC", null)).toMatchObject({ ok: false, error: { code: "disk" } });
  other.exec("ROLLBACK");
  other.close();
  expect(await history.search(searchFor("more words"))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "i1" } }] } });
}, 30_000);

test("a question about a zone that is none is answered in words", async () => {
  const { history } = await openHere(await historyFile());
  expect(await history.overview(everything, "Atlantis/Main", null)).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining("Europe/Berlin") as string } });
});

test("a thread that cannot be started is told, and the history goes on being written", async () => {
  const file = await historyFile();
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock: createFakeClock(), onTrouble: () => {}, readerWorker: new URL("../support/no-such-worker.ts", import.meta.url) });
  if (!opened.ok) throw new Error(opened.error.detail);
  await using history = opened.value;
  history.take(utteranceEvent("i1", "u1", "words"));
  expect(await history.search(searchFor("words"))).toMatchObject({ ok: false, error: { code: "disk" } });
  expect(await history.interaction("i1")).toMatchObject({ ok: true, value: { utterances: [{ text: "words" }] } });
});
