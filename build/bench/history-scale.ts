import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { HistoryFilter } from "../../shared/history.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import type { DeskViewer } from "../../electron/history/reader-protocol.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { median, percentile, type Figure } from "./figure.ts";
import { addedLatency } from "./latency.ts";
import { FILLED_DAYS, FILLED_UNTIL, fillHistory, type HistorySize } from "./history-fill.ts";

const SIZE: HistorySize = { interactions: 50_000, utterances: 20, suggestions: 100_000 };
const ROUNDS = 7;
const LIVE_EVENTS = 1_000;
const WARM_UP_EVENTS = 300;
const DAY_MS = 86_400_000;
const everything: HistoryFilter = { from: null, to: null, channel: null, queue: null, agentId: null };
const searches = [
  ["a word of most talks", "word1 "],
  ["a word of one talk", "rare thing"],
  ["two common words", "word2 word30 "],
  ["a common and a rare one", "word1 word15000 "],
  ["a beginning", "wor"],
  ["words that are nowhere together", "rare word19999 zebra "],
  ["all of a queue", ""],
] as const;

/** Is none of the agents, and none of them has looked at the own figures. */
const SUPERVISOR: DeskViewer = { own: [], team: null };

/** How long the overview of thirty days and searches take in a history of a million utterances and 100,000 suggestions. */
export async function measureHistory(size: HistorySize = SIZE): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const file = join(folder, "history.sqlite");
  const filledAt = performance.now();
  fillHistory(file, size);
  const filledSeconds = (performance.now() - filledAt) / 1_000;
  const opened = await openHistory({ file, mask: true, retentionDays: 3_650, clock: { ...systemClock, now: () => FILLED_UNTIL }, onTrouble: (trouble) => { throw new Error(trouble.kind); } });
  if (!opened.ok) throw new Error(opened.error.detail);
  const history = stack.use(opened.value);
  const period = { ...everything, from: FILLED_UNTIL - FILLED_DAYS * DAY_MS, to: FILLED_UNTIL };
  const figures: Figure[] = [
    { name: "history, overview of 30 days", value: await timed(() => overview(history, period)), unit: "ms", limit: { kind: "at most", value: 300 } },
    { name: "  by a supervisor, with the last week still its agents' own", value: await timed(() => overview(history, period, SUPERVISOR)), unit: "ms", limit: { kind: "at most", value: 300 } },
    { name: "  of one queue", value: await timed(() => overview(history, { ...period, queue: "billing" })), unit: "ms", limit: { kind: "at most", value: 300 } },
  ];
  for (const [name, text] of searches) {
    const filter = text === "" ? { ...everything, queue: "billing" } : everything;
    const value = await timed(async () => {
      const found = await history.search({ text, filter, limit: 50, after: null });
      if (!found.ok) throw new Error(found.error.detail);
    });
    figures.push({ name: `history, search for ${name}`, value, unit: "ms", limit: { kind: "at most", value: 100 } });
  }
  return [...figures, ...(await measureLivePath(history, period)), { name: "  filled in", value: filledSeconds, unit: "s" }];
}

/** What the live path, which writes into the same history, adds to an answer while the history is asked without a pause. */
async function measureLivePath(history: History, period: HistoryFilter): Promise<readonly Figure[]> {
  const hear = (event: AssistEvent): void => {
    history.take(event);
  };
  // What is started and compiled on the way is no figure of either.
  await addedLatency(WARM_UP_EVENTS, hear);
  const quiet = await addedLatency(LIVE_EVENTS, hear);
  const asking = new AbortController();
  let asked = 0;
  const ask = async (): Promise<void> => {
    while (!asking.signal.aborted) {
      await overview(history, period, SUPERVISOR);
      await history.search({ text: "word2 word30 ", filter: everything, limit: 50, after: null });
      asked += 1;
    }
  };
  const asks = ask();
  const busy = await addedLatency(LIVE_EVENTS, hear);
  asking.abort();
  await asks;
  const [without, during] = [percentile(quiet.engine, 0.99), percentile(busy.engine, 0.99)];
  return [
    { name: "live path's added latency, p99, history written and not asked", value: without, unit: "ms" },
    { name: "  while overview and search follow on each other", value: during, unit: "ms", limit: { kind: "at most", value: 2 } },
    { name: "  of these, rounds", value: asked, unit: "rounds" },
  ];
}

async function overview(history: History, filter: HistoryFilter, viewer: DeskViewer | null = null): Promise<void> {
  const read = await history.overview(filter, "Europe/Berlin", viewer);
  if (!read.ok) throw new Error(read.error.detail);
  if (read.value.total.sets === 0) throw new Error("the overview counted nothing");
  if (viewer !== null && read.value.leftOut.interactions === 0) throw new Error("nothing was left out for the supervisor");
}

/** The median of several rounds after a first that is not counted, in ms. */
async function timed(work: () => Promise<void>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return median(times);
}
