import type { CDPSession } from "playwright-core";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { ok } from "../../shared/result.ts";
import type { Settings } from "../../shared/settings.ts";
import { benchSettings } from "./assist-run.ts";
import type { Figure } from "./figure.ts";
import { showPage, type ShownPage } from "./page.ts";
import { spokenTexts } from "./texts.ts";

const UTTERANCES = 100_000;
/** By then every bound is reached. */
const WARM_UP = 30_000;
const INTERACTIONS = 10;
const SUGGEST_EVERY = 25;
/** One turn of the publisher; it merges what comes within 16 ms. */
const PER_PUSH = 100;
/** How far main may run ahead of the page, in updates. */
const LEAD = 5_000;

/** Ten interactions side by side with 100,000 utterances and their suggestions, published to a page as fast as it paints them. */
export async function measurePanelBounds(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const settings: Settings = {
    mode: "live",
    role: "agent",
    triggers: { ...benchSettings.triggers },
    policy: { ...benchSettings.policy },
    display: { cardsPerMinute: 60, quiet: false, theme: "light", language: "en" }, locks: [],
  };
  const publisher = stack.use(createPublisher({ settings, clock: systemClock }));
  const commands = createCommands({
    publisher,
    record: () => {},
    retryConnection: () => {},
    simulations: () => null, bridge: () => null, integrations: () => null, health: () => null, updates: () => null, history: () => null, practice: () => null, setup: () => null, viewing: () => {},
    changeSettings: async () => ok(null),
  });
  const { page } = stack.use(await showPage({ publisher, commands }));
  const devTools = await page.context().newCDPSession(page);
  const now = Date.now();
  for (let index = 0; index < INTERACTIONS; index += 1) {
    publisher.publish({ kind: "interaction", interaction: { id: `call-${index}`, status: "live", startedAt: now, customerName: `Customer ${index}`, channel: "voice" } });
  }
  const texts = spokenTexts();
  const startedMs = performance.now();
  let full = { heapMb: 0, nodes: 0 };
  for (let sent = 0; sent < UTTERANCES; sent += PER_PUSH) {
    if (sent === WARM_UP) full = await weigh(page, devTools, publisher.snapshot().number);
    for (let index = sent; index < sent + PER_PUSH; index += 1) {
      for (const update of updatesOf(index, now, texts)) publisher.publish(update);
    }
    await turn(16);
    await untilPainted(page, publisher.snapshot().number - LEAD);
  }
  const spentMs = performance.now() - startedMs;
  const end = await weigh(page, devTools, publisher.snapshot().number);
  return [
    { name: "panel, 100,000 utterances: DOM nodes at the end", value: end.nodes, unit: "nodes", limit: { kind: "at most", value: 5_000 } },
    { name: "  more than after 30,000", value: end.nodes - full.nodes, unit: "nodes", limit: { kind: "at most", value: 500 } },
    { name: "  page heap at the end", value: end.heapMb, unit: "MB" },
    { name: "  more than after 30,000", value: end.heapMb - full.heapMb, unit: "MB", limit: { kind: "at most", value: 10 } },
    { name: "  pace at which they were shown", value: (UTTERANCES / spentMs) * 1_000, unit: "lines/s" },
  ];
}

function updatesOf(index: number, now: number, texts: readonly string[]): readonly PanelUpdate[] {
  const interactionId = `call-${index % INTERACTIONS}`;
  const place = Math.floor(index / INTERACTIONS);
  const utteranceId = `${interactionId}-${place}`;
  const at = now + place;
  const text = texts[index % texts.length] ?? "";
  const utterance = { id: utteranceId, speaker: place % 2 === 0 ? "customer" : "agent", text, at, score: Math.sin(place / 50), final: true, sequence: place + 1, marks: [] } as const;
  const said: PanelUpdate = { kind: "utterance", interactionId, utterance };
  if (place % SUGGEST_EVERY !== 0) return [said];
  const id = `set-${utteranceId}`;
  const set: PanelUpdate = {
    kind: "set",
    set: {
      id,
      interactionId,
      utteranceId,
      utteranceAt: at,
      order: place + 1,
      trigger: { kind: "sentiment", score: -0.5, threshold: -0.4 },
      origin: "live",
      suggestions: [{ id: `${id}/0`, text: `May I look into that for you? (${place})`, confidence: 0.8, source: "bench" }],
      withheld: [],
      outcome: "filled",
      policyVersion: "bench",
      latencyMs: 100,
      at,
    },
    tunnelMs: null,
    cards: { [`${id}/0`]: { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: false } },
  };
  return [said, set];
}

/** What the page holds once everything is painted and nothing is left to collect. */
async function weigh(page: ShownPage["page"], devTools: CDPSession, number: number): Promise<{ heapMb: number; nodes: number }> {
  await untilPainted(page, number);
  await devTools.send("HeapProfiler.collectGarbage");
  await devTools.send("Performance.enable");
  const { metrics } = await devTools.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value;
  if (heap === undefined) throw new Error("the browser does not tell its heap");
  return { heapMb: heap / 1_000_000, nodes: await page.evaluate(() => document.querySelectorAll("*").length) };
}

async function untilPainted(page: ShownPage["page"], number: number): Promise<void> {
  if (number <= 0) return;
  await page.waitForFunction((wanted) => Number(document.documentElement.dataset["painted"] ?? 0) >= wanted, number, { timeout: 30_000 });
}

function turn(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(delayMs, resolve);
  });
}
