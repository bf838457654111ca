import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configFor, openProgram, startPlatform, temporary, type Program } from "../support/program.ts";
import { until } from "../support/until.ts";

const DAY_MS = 86_400_000;

/** The program at `startMs`, connected to a platform at `theirs`; its last run believed it to be `seenAt`. */
async function openWith(startMs: number, theirs: number, seenAt: number): Promise<Program & { readonly stateFile: string }> {
  const folder = await temporary();
  const stateFile = join(folder, "data", "history-clock.json");
  await mkdir(join(folder, "data"), { recursive: true });
  await writeFile(stateFile, JSON.stringify({ seenAt, wait: null }));
  const platform = await startPlatform(0, theirs);
  const program = await openProgram({ folder, startMs, config: configFor(platform, {}, { history: {} }), env: { ...platform.sandbox.env() } });
  await program.passUntil(() => program.stream().kind === "connected", 20_000);
  expect((await program.app.records.past()?.settled())?.ok).toBe(true);
  return { ...program, stateFile };
}

test("a clock that leapt ahead is told with both times, and believed by no platform that says otherwise", async () => {
  const now = Date.now();
  const program = await openWith(now + 40 * DAY_MS, now, now);
  await program.passUntil(() => program.notice("history-clock") !== undefined, 2_000);
  const year = (at: number): string => new Date(at).toLocaleString("en-GB", { dateStyle: "long" });
  const what = program.notice("history-clock")?.what ?? "";
  expect([what.includes(year(now)), what.includes(year(now + 40 * DAY_MS))]).toEqual([true, true]);
});

test("a clock that a platform's agrees with is believed after however long a pause", async () => {
  const now = Date.now();
  const program = await openWith(now, now, now - 40 * DAY_MS);
  await until(() => program.notice("history-clock") === undefined);
  await program.close();
  const { seenAt, wait } = JSON.parse(await readFile(program.stateFile, "utf8"));
  expect(wait).toBeNull();
  expect(seenAt).toBeGreaterThanOrEqual(now);
});
