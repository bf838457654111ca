import type { ProblemWords } from "../documents/found-words.ts";
import { finish, mergeParts, type Draft, type Expansion, type Wording } from "./suite-draft.ts";
import type { CaseFile, SuiteDefaults } from "./suite-schema.ts";
import { expandRow, unusedValues, variationTable } from "./suite-variations.ts";

/**
 * Works defaults and variations into a case. Maps (session context, entities) are merged key by key, tags add up,
 * everything else is replaced. With other wordings the case's own utterance runs too; with rows, each row runs in each
 * wording, unless it has an utterance of its own. `path` is where the case stands in the file.
 */
export function expandCase(written: CaseFile, defaults: SuiteDefaults, path: readonly PropertyKey[], words: ProblemWords): Expansion {
  const { utterance, variations, test_id: testId, ...own } = written;
  const draft: Draft = { ...mergeParts(defaults, own), testId };
  const { utterances, rows, rowsPath } = variationTable(variations, path);
  const wordings: readonly Wording[] = [
    ...(utterance === undefined ? [] : [{ utterance, mark: "", path }]),
    ...utterances.map((other, index) => ({ utterance: other, mark: `_${index + 1}`, path: [...path, "variations", "utterances", index] })),
  ];
  if (rows === null) return finish(draft, wordings, path, words);
  const expanded = rows.map((row, index) => expandRow({ draft, wordings, row, index, path: [...rowsPath, index] }, words));
  return {
    cases: expanded.flatMap((one) => one.cases),
    problems: [...expanded.flatMap((one) => one.problems), ...unusedValues(rows, expanded, rowsPath, words)],
  };
}
