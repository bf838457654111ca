import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createApp } from "../../electron/app.ts";
import { createPanelDesk, type PanelDesk } from "../../electron/app/panel-desk.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { startSandbox, type SandboxOptions } from "../../electron/sandbox/sandbox.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { usePanelStage } from "../support/panel-stage.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { bankKeywords, bankSets, practiceSets, type ExpectedSet } from "./expected-sets.ts";

const realCalls = fileURLToPath(new URL("../../../shared/calls", import.meta.url));

/** Everybody talks at once, sixteen times as fast as in life. */
const SPEED = 16;

const stage = usePanelStage();

interface Played {
  /** Every set that main told, the first form of each, in order. */
  readonly sets: readonly SuggestionSet[];
  /** By interaction: the sets whose cards stood in the page when all was said, newest on top. */
  readonly shown: ReadonlyMap<string, readonly string[]>;
}

/** Plays calls through sandbox, program, host and browser to their end, and reads what came where. */
async function play(host: PanelHost, calls: SandboxOptions["calls"], lines: number, keywords?: readonly string[]): Promise<Played> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await tempDirectory()).path;
  const sandbox = stack.use(await startSandbox({ calls, lines, speed: SPEED, clock: systemClock, random: Math.random }));
  const { assist } = sandbox.config();
  const path = join(folder, "callside.config.json");
  const config = { assist: { ...assist, ...(keywords === undefined ? {} : { keywords }) }, panel: { cardsPerMinute: 60 } };
  await writeFile(path, JSON.stringify(config));
  const source = await openConfig({
    file: { path, required: true },
    env: { ...sandbox.env() },
    flags: [],
    dataFolder: folder,
    cwd: folder,
    clock: systemClock,
    watch: false,
  });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const app = stack.use(
    createApp(stack.use(source.value), {
      env: { ...sandbox.env() },
      clock: systemClock,
      random: Math.random,
      readFile: () => Promise.reject(new Error("nothing is read")),
      newId: () => crypto.randomUUID(),
      dataFolder: folder,
    }),
  );
  const desk = stack.use(createPanelDesk(app, "practice", systemClock));
  const sets: SuggestionSet[] = [];
  app.onAssist((event) => {
    if (event.kind === "suggestions") sets.push(event.set);
  });
  const shown = stack.use(await host.show({ browser: stage.browser, files: stage.files, ...desk }));
  const ended = allEnded(desk, lines);
  await app.start();
  await ended;
  return { sets, shown: await readCards(shown.page, desk) };
}

/** Resolves when as many calls have ended as there are, and nothing is asked for any more. */
function allEnded(desk: PanelDesk, count: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = desk.publisher.subscribe(() => {
      const { interactions } = desk.publisher.state();
      const done = interactions.filter((view) => view.interaction.status === "ended" && view.pending === null);
      if (done.length < count) return;
      stop();
      resolve();
    });
  });
}

/** Goes from tab to tab, has waiting cards shown, and reads which sets the cards belong to. */
async function readCards(page: Page, desk: PanelDesk): Promise<Played["shown"]> {
  const shown = new Map<string, readonly string[]>();
  for (const [index, { interaction, sets }] of desk.publisher.state().interactions.entries()) {
    await page.locator('[role="tab"]').nth(index).click();
    await page.mouse.move(0, 0);
    await page.keyboard.press("m");
    const cards = page.locator("article[data-suggestion]");
    const count = sets.flatMap((view) => view.set.suggestions).length;
    await expect.poll(() => cards.count(), { timeout: 20_000 }).toBe(count);
    const ids = await cards.evaluateAll((found) => found.map((card) => card.getAttribute("data-suggestion") ?? ""));
    shown.set(interaction.id, [...new Set(ids.map((id) => id.split("/")[0] ?? ""))]);
  }
  return shown;
}

/** A set as the list of expected ones names it. */
function nameOf(set: SuggestionSet): readonly unknown[] {
  const line = Number(set.utteranceId.split("-").at(-1));
  return [line, set.trigger.kind === "keyword" ? [...new Set(set.trigger.matches.map((match) => match.keyword))] : "sentiment"];
}

/** One missing, extra, out of order or late (its fallback had to stand in) fails. */
function expectExactly({ sets, shown }: Played, expected: Readonly<Record<string, readonly ExpectedSet[]>>): void {
  const byCall = Map.groupBy(sets, (set) => set.interactionId);
  expect(Object.fromEntries([...byCall].map(([id, ofCall]) => [id, ofCall.map(nameOf)]))).toEqual(expected);
  expect(sets.filter((set) => set.origin === "fallback")).toEqual([]);
  for (const [id, ids] of shown) {
    const filled = (byCall.get(id) ?? []).filter((set) => set.outcome === "filled");
    expect(ids, `the cards of ${id}, newest on top`).toEqual(filled.map((set) => set.id).toReversed());
  }
  expect([...shown.values()].flat().length).toBeGreaterThan(sets.length / 2);
}

describe.each([loopbackHost, desktopHost])("calls in the panel of the $name host", (host) => {
  it("shows exactly the expected sets of the practice calls, in order and in time", async () => {
    const count = Object.values(practiceSets).flat().length;
    expect(count).toBeGreaterThanOrEqual(30);
    expectExactly(await play(host, { kind: "practice" }, 14), practiceSets);
  });

  it("shows exactly the expected sets of the eleven real calls, in order and in time", async () => {
    if (!existsSync(realCalls)) {
      console.warn("\n*** THE REAL CALLS ARE NOT HERE: this test has checked nothing. Put their folder at ../shared/calls. ***\n");
      return;
    }
    expectExactly(await play(host, { kind: "directory", path: realCalls }, 11, bankKeywords), bankSets);
  });
});
