import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createRetentionClock, LEAP_MS, PROOF_MS, type ClockDoubt } from "../../electron/history/retention-clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 5, 9);

async function stateFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "history-clock.json");
}

/** One run of the program, begun at `now`. */
function run(file: string, now: number) {
  const clock = createFakeClock(now);
  const doubts: ClockDoubt[] = [];
  let believed = 0;
  const retention = createRetentionClock({ file, files: nodeFiles, clock, onDoubt: (doubt) => doubts.push(doubt), onBelieved: () => (believed += 1) });
  return { clock, retention, doubts, believed: () => believed, end: () => retention[Symbol.asyncDispose]() };
}

async function runOnce(file: string, now: number): Promise<boolean> {
  const { retention, end } = run(file, now);
  const may = await retention.mayRemove();
  await end();
  return may;
}

describe("a clock", () => {
  test("is believed where nothing is known of before, and over a few days without a run", async () => {
    const file = await stateFile();
    expect(await runOnce(file, START)).toBe(true);
    expect(await runOnce(file, START + LEAP_MS)).toBe(true);
    expect(await runOnce(file, START + 2 * LEAP_MS)).toBe(true);
    expect(await runOnce(file, START + 3 * LEAP_MS + 1)).toBe(false);
  });

  test("that leapt ahead is not believed however often the program starts with it, and is told with both times", async () => {
    const file = await stateFile();
    await runOnce(file, START);
    for (let start = 0; start < 5; start += 1) {
      const { retention, doubts, end } = run(file, START + 40 * DAY_MS);
      expect(await retention.mayRemove()).toBe(false);
      expect(await retention.mayRemove()).toBe(false);
      expect(doubts).toEqual([{ kind: "clock-doubted", last: START, now: START + 40 * DAY_MS }]);
      await end();
    }
    expect(await runOnce(file, START + DAY_MS)).toBe(true);
  });

  test("is believed once a platform's agrees with it, and not by one that does not", async () => {
    const file = await stateFile();
    await runOnce(file, START);
    const { clock, retention, doubts, believed, end } = run(file, START + 40 * DAY_MS);
    await retention.mayRemove();
    for (const aheadMs of [-40 * DAY_MS, 2 * HOUR_MS]) retention.hear(aheadMs);
    expect(await retention.mayRemove()).toBe(false);
    retention.hear(-900);
    expect([believed(), doubts.at(-1)]).toEqual([1, { kind: "clock-believed" }]);
    expect(await retention.mayRemove()).toBe(true);
    await end();
    expect(clock.pending()).toBe(0);
    expect(await runOnce(file, START + 41 * DAY_MS)).toBe(true);
  });

  test("is believed when a platform agreed before anybody asked", async () => {
    const file = await stateFile();
    await runOnce(file, START);
    const { retention, doubts, end } = run(file, START + 40 * DAY_MS);
    retention.hear(0);
    expect(await retention.mayRemove()).toBe(true);
    expect(doubts).toEqual([]);
    await end();
  });

  test("is believed once the program has run a day with it, over several runs", async () => {
    const file = await stateFile();
    await runOnce(file, START);
    for (const part of [0, 1]) {
      const { clock, retention, end } = run(file, START + (40 + part) * DAY_MS);
      expect(await retention.mayRemove()).toBe(false);
      await clock.advance(PROOF_MS / 2 - HOUR_MS / 2);
      expect(await retention.mayRemove()).toBe(false);
      await end();
    }
    const last = run(file, START + 42 * DAY_MS);
    expect(await last.retention.mayRemove()).toBe(false);
    await last.clock.advance(HOUR_MS);
    await until(() => last.believed() === 1);
    expect(await last.retention.mayRemove()).toBe(true);
    await last.end();
  });

  test("that was set back and leapt again begins its day anew", async () => {
    const file = await stateFile();
    await runOnce(file, START);
    const { clock, retention, end } = run(file, START + 40 * DAY_MS);
    await retention.mayRemove();
    await clock.advance(PROOF_MS - HOUR_MS);
    expect(await retention.mayRemove()).toBe(false);
    clock.setWall(START + 10 * DAY_MS);
    expect(await retention.mayRemove()).toBe(false);
    await clock.advance(2 * HOUR_MS);
    expect(await retention.mayRemove()).toBe(false);
    await end();
  });

  test("that goes on as it does while the program runs has not leapt, however rarely it is asked", async () => {
    const { clock, retention, end } = run(await stateFile(), START);
    expect(await retention.mayRemove()).toBe(true);
    await clock.advance(31 * DAY_MS);
    expect(await retention.mayRemove()).toBe(true);
    await end();
  });

  test("that leaps in the middle of a run is not believed then, nor taken for seen at the end", async () => {
    const file = await stateFile();
    const { clock, retention, end } = run(file, START);
    expect(await retention.mayRemove()).toBe(true);
    clock.setWall(START + 40 * DAY_MS);
    await end();
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ seenAt: START, wait: null });
  });

  test("is believed where the file is no state of ours, and a disk that refuses stops nothing", async () => {
    const file = await stateFile();
    await writeFile(file, '{"seenAt": "long ago"}');
    expect(await runOnce(file, START)).toBe(true);
    expect(await runOnce(join(file, "beneath-a-file.json"), START)).toBe(true);
  });
});
