import type { Batch, CaseResult, Turn } from "../../shared/simulation.ts";
import { MAX_BASELINE_BYTES } from "./report-baseline.ts";
import { cutText } from "./report-words.ts";

/** What the turns of all cases may take; below the limit of a baseline with room for everything else. */
const MAX_TURNS_CHARS = MAX_BASELINE_BYTES / 4;
const SHORT_TEXT = 200;
const MAX_SHORT_TURNS = 10;

/**
 * A batch with everything as JSON (contract 5.5); it serves as a baseline, `readBaseline` reads it back as it was. One
 * case per line, so that two reports can be told apart by any tool for text. Where a batch is too large to be read back,
 * the turns of its longest cases are cut short, never a verdict or a check. Pure.
 */
export function jsonReport(batch: Batch): string {
  const { results, ...summary } = batch;
  const share = Math.floor(MAX_TURNS_CHARS / Math.max(1, results.length));
  const head = JSON.stringify(summary, null, 2).slice(0, -2);
  const lines = results.map((result) => `    ${JSON.stringify(withinShare(result, share))}`);
  return `${head},\n  "results": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

function withinShare(result: CaseResult, share: number): CaseResult {
  if (turnsSize(result.turns) <= share) return result;
  const turns = result.turns.slice(0, MAX_SHORT_TURNS).map(shortTurn);
  return { ...result, turns: turnsSize(turns) <= share ? turns : [] };
}

function turnsSize(turns: readonly Turn[]): number {
  return turns.reduce((size, turn) => size + JSON.stringify(turn).length, 0);
}

function shortTurn(turn: Turn): Turn {
  return { ...turn, output: shortText(turn.output), errorMessage: shortText(turn.errorMessage), entities: JSON.stringify(turn.entities).length > SHORT_TEXT ? null : turn.entities };
}

function shortText(text: string | null): string | null {
  return text === null ? null : cutText(text, SHORT_TEXT);
}
