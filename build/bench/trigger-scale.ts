import { compileTriggers } from "../../electron/assist/trigger.ts";
import { benchSettings } from "./assist-run.ts";
import { median, type Figure } from "./figure.ts";
import { spokenTexts } from "./texts.ts";

const UTTERANCES = 40_000;
const ROUNDS = 9;

/** What one utterance costs with 4 phrases and with 10,000, turn by turn. */
export function measureTriggerScale(): readonly Figure[] {
  const few = compileTriggers(benchSettings.triggers);
  const many = compileTriggers({ ...benchSettings.triggers, keywords: [...benchSettings.triggers.keywords, ...phrases(9_996)] });
  const texts = spokenTexts();
  const rounds: { few: number; many: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push({ few: time(few, texts), many: time(many, texts) });
  return [
    { name: "trigger per utterance, 4 phrases", value: median(rounds.map((round) => round.few)), unit: "µs" },
    { name: "trigger per utterance, 10,000 phrases", value: median(rounds.map((round) => round.many)), unit: "µs" },
    {
      name: "  10,000 phrases over 4",
      value: median(rounds.map((round) => round.many / round.few)),
      unit: "x",
      limit: { kind: "at most", value: 2 },
    },
  ];
}

function time(trigger: ReturnType<typeof compileTriggers>, texts: readonly string[]): number {
  const startedMs = performance.now();
  let fired = 0;
  for (let index = 0; index < UTTERANCES; index += 1) {
    const text = texts[index % texts.length] ?? "";
    if (trigger({ text, score: 0, speaker: "customer", final: true }) !== null) fired += 1;
  }
  const spentMs = performance.now() - startedMs;
  if (fired > UTTERANCES) throw new Error("more fired than was said");
  return (spentMs / UTTERANCES) * 1_000;
}

/** Half single words, half phrases of two and three, none of which anybody says. */
function phrases(count: number): readonly string[] {
  const syllables = ["ba", "ke", "lo", "mu", "ti", "ra", "so", "ne", "du", "vi"];
  return Array.from({ length: count }, (_, index) => {
    const word = Array.from(String(index).padStart(5, "0"), (digit) => syllables[Number(digit)]).join("");
    return index % 2 === 0 ? word : index % 4 === 1 ? `my ${word}` : `the ${word} please`;
  });
}
