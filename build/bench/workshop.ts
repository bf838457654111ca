import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRehearsalDesk } from "../../electron/app/rehearsal.ts";
import type { Rules } from "../../electron/assist/compiled-rules.ts";
import { openHistory } from "../../electron/history/history.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { Rehearsal } from "../../shared/workshop.ts";
import { median, type Figure } from "./figure.ts";
import { fillHistory } from "./history-fill.ts";

const ROUNDS = 7;
const INTERACTIONS = 200;
const SIZE = { interactions: 2_000, utterances: 40, suggestions: 8_000 } as const;
/** A list as long as IT may hand out. */
const LONG_LIST = 2_000;

const standing: Rules = {
  triggers: { keywords: ["refund", "cancel", "complaint"], sentimentThreshold: -0.4, enableKeywordTrigger: true, enableSentimentTrigger: true, triggerOn: "customer", language: "en" },
  policy: { prohibitedPhrases: ["legal action"], minConfidence: 0.75, maxSuggestions: 3 },
};
const phrases = Array.from({ length: LONG_LIST }, (_, index) => `phrase number ${index}`);

/** The draft as it is after one more edit: another phrase, or another keyword. */
function edited(what: "phrase" | "keyword", round: number): Rules {
  const { triggers, policy } = standing;
  return what === "phrase"
    ? { triggers: { ...triggers, keywords: [...triggers.keywords, "word30"] }, policy: { ...policy, prohibitedPhrases: [...policy.prohibitedPhrases, ...phrases, `word${12 + round}`] } }
    : { triggers: { ...triggers, keywords: [...triggers.keywords, `word${30 + round}`], sentimentThreshold: -0.6 }, policy: { ...policy, prohibitedPhrases: [...policy.prohibitedPhrases, ...phrases] } };
}

/** How long it takes to try other rules on the past, until the answer is there, and what the live path's thread notices of it. */
export async function measureWorkshop(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const file = join(folder, "history.sqlite");
  fillHistory(file, SIZE);
  const opened = await openHistory({ file, mask: true, retentionDays: 3_650, clock: systemClock, onTrouble: (trouble) => { throw new Error(trouble.kind); } });
  if (!opened.ok) throw new Error(opened.error.detail);
  const history = stack.use(opened.value);
  const desk = stack.use(createRehearsalDesk({ clock: systemClock, standing: () => standing, listed: () => [] }));
  const once = async (draft: Rules): Promise<number> => {
    const begun = performance.now();
    const rehearsal: Rehearsal = { ...draft, interactions: INTERACTIONS, filter: { from: null, to: null, channel: null, queue: null, agentId: null } };
    const answer = await desk.rehearse(history, rehearsal);
    if (!answer.ok) throw new Error(answer.error.detail);
    if (answer.value.interactions !== INTERACTIONS) throw new Error("not enough was tried");
    return performance.now() - begun;
  };
  // The view asks when it is opened, with the rules that hold.
  const first = await once(standing);
  const watch = watchTurns();
  const times = { phrase: [] as number[], keyword: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.phrase.push(await once(edited("phrase", round)));
    times.keyword.push(await once(edited("keyword", round)));
  }
  const longest = watch.stop();
  const limit = { kind: "at most", value: 300 } as const;
  return [
    { name: `workshop, another phrase on ${INTERACTIONS} interactions of ${SIZE.utterances} lines`, value: median(times.phrase), unit: "ms", limit },
    { name: "  another keyword", value: median(times.keyword), unit: "ms", limit },
    { name: "  as it is opened, with the thread's start", value: first, unit: "ms" },
    { name: "  longest turn of the main thread meanwhile", value: longest, unit: "ms" },
  ];
}

/** Watches how long the thread is kept from its next turn. */
function watchTurns(): { readonly stop: () => number } {
  let longest = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  return {
    stop: () => {
      clearImmediate(next);
      return longest;
    },
  };
}
