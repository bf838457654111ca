import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPracticeScores, type KeptRound, type ScoresTrouble } from "../../electron/app/practice-scores.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import type { FilePort } from "../../electron/files/file-port.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { temporary } from "../support/program.ts";
import { until } from "../support/until.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

function round(id: string, startedAt = NOW, more: Partial<KeptRound["score"]> = {}): KeptRound {
  return {
    score: { id, callId: "charged-twice", speed: 1, fault: "none", startedAt, endedAt: startedAt + 1_000, end: "finished", moments: 1, shown: 1, used: 1, missed: 0, secondsToUse: 2.5, ...more },
    moments: [{ said: "I want a refund", suggestions: [{ text: "Of course", used: true }], outcome: "used", secondsToUse: 2.5 }],
  };
}

async function open(folder: string, files: FilePort = nodeFiles) {
  const troubles: (ScoresTrouble | null)[] = [];
  let reads = 0;
  const scores = openPracticeScores({ files, folder, now: () => NOW, onRead: () => (reads += 1), onTrouble: (trouble) => troubles.push(trouble) });
  await until(() => reads > 0 || troubles.length > 0);
  return { scores, troubles, ids: () => scores.all().map(({ score }) => score.id) };
}

test("scores are there again after the program ended, the newest first, and are this user's alone", async () => {
  const folder = join(await temporary(), "practice");
  const { scores } = await open(folder);
  scores.put(round("old", NOW));
  scores.put(round("new", NOW + 10));
  scores.put(round("old", NOW, { end: "interrupted" }));
  await scores[Symbol.asyncDispose]();
  const again = await open(folder);
  expect(again.scores.all()).toEqual([round("new", NOW + 10), round("old", NOW, { end: "interrupted" })]);
  if (process.platform !== "win32") expect((await stat(join(folder, "scores.json"))).mode & 0o077).toBe(0);
  await again.scores[Symbol.asyncDispose]();
});

test("what was put is on the disk while the program runs, so that one that is killed leaves it", async () => {
  const folder = await temporary();
  const { scores } = await open(folder);
  scores.put(round("a"));
  await expect.poll(() => readFile(join(folder, "scores.json"), "utf8").catch(() => "")).toContain('"id": "a"');
  await scores[Symbol.asyncDispose]();
});

test("fifty are kept, on the disk and in memory", async () => {
  const folder = await temporary();
  const { scores, ids } = await open(folder);
  for (let at = 0; at < 60; at += 1) scores.put(round(`r${at}`, NOW + at));
  expect(ids()).toEqual(Array.from({ length: 50 }, (_, at) => `r${59 - at}`));
  await scores[Symbol.asyncDispose]();
  const again = await open(folder);
  expect(again.ids()).toEqual(ids());
  await again.scores[Symbol.asyncDispose]();
});

test("two programs at once do not take each other's scores", async () => {
  const folder = await temporary();
  const [one, two] = [await open(folder), await open(folder)];
  one.scores.put(round("one", NOW));
  await one.scores[Symbol.asyncDispose]();
  two.scores.put(round("two", NOW + 1));
  await two.scores[Symbol.asyncDispose]();
  const again = await open(folder);
  expect(again.ids()).toEqual(["two", "one"]);
  await again.scores[Symbol.asyncDispose]();
});

test.each([
  ["cut off", '{"version":1,"rounds":[{"sco'],
  ["empty", ""],
  ["of another shape", '{"version":1,"rounds":[{"score":{"id":7}}]}'],
])("a file that is %s is set aside with what was in it, and a new one is begun", async (_, text) => {
  const folder = await temporary();
  await writeFile(join(folder, "scores.json"), text);
  const { scores, troubles, ids } = await open(folder);
  const [trouble] = troubles;
  expect(trouble?.kind).toBe("damaged");
  expect(trouble?.kind === "damaged" ? await readFile(trouble.path, "utf8") : null).toBe(text);
  expect(ids()).toEqual([]);
  scores.put(round("a"));
  await scores[Symbol.asyncDispose]();
  expect((await readdir(folder)).length).toBe(2);
  const again = await open(folder);
  expect(again.ids()).toEqual(["a"]);
  await again.scores[Symbol.asyncDispose]();
});

test("a file of a newer program is left as it is, and scores last until this one ends", async () => {
  const folder = await temporary();
  const text = '{"version":2,"laps":[]}';
  await writeFile(join(folder, "scores.json"), text);
  const { scores, troubles, ids } = await open(folder);
  scores.put(round("a"));
  await scores[Symbol.asyncDispose]();
  expect(ids()).toEqual(["a"]);
  expect(troubles[0]).toMatchObject({ kind: "newer" });
  expect(await readFile(join(folder, "scores.json"), "utf8")).toBe(text);
});

test("a disk that refuses is told and costs nothing: what was not written goes with the next, and that is told, too", async () => {
  const folder = await temporary();
  const { files, faults } = createFaultyFiles();
  const { scores, troubles, ids } = await open(folder, files);
  faults.replace = "ENOSPC";
  scores.put(round("a", NOW));
  await until(() => troubles.length > 0);
  expect(troubles[0]).toMatchObject({ kind: "disk", fault: { detail: expect.stringContaining("no space is left") } });
  expect(ids()).toEqual(["a"]);
  faults.replace = null;
  scores.put(round("b", NOW + 1));
  await until(() => troubles.at(-1) === null);
  await scores[Symbol.asyncDispose]();
  const again = await open(folder);
  expect(again.ids()).toEqual(["b", "a"]);
  await again.scores[Symbol.asyncDispose]();
});

test("a folder that cannot be read is told, and nothing is written over", async () => {
  const folder = await temporary();
  await mkdir(join(folder, "scores.json"));
  const { scores, troubles } = await open(folder);
  scores.put(round("a"));
  await scores[Symbol.asyncDispose]();
  expect(troubles.map((trouble) => trouble?.kind)).toEqual(expect.arrayContaining(["disk"]));
  expect((await stat(join(folder, "scores.json"))).isDirectory()).toBe(true);
});
