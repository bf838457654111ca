import type { JsonValue } from "../../shared/simulation.ts";
import { finish, mergeParts, type Draft, type Expansion, type Wording } from "./suite-draft.ts";
import { describeValue, didYouMean, type ProblemWords, quote } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { createFiller, isPlaceholderName, unquotedPlaceholders, type Filler } from "./suite-placeholder.ts";
import { rowKeys, type CaseFile, type SuiteDefaults, type VariationRow } from "./suite-schema.ts";

/** The variations of a case in their longest form. `rows` is null where there are none, and the case's texts are no templates. */
export interface VariationTable {
  readonly utterances: readonly string[];
  readonly rows: readonly VariationRow[] | null;
  readonly rowsPath: readonly PropertyKey[];
}

/** What came of one row: its cases, and the names of the placeholders that it filled. */
export interface RowExpansion extends Expansion {
  readonly used: ReadonlySet<string>;
}

/** The two forms in which variations may be written, as one. `path` is where the case stands. */
export function variationTable(variations: CaseFile["variations"], path: readonly PropertyKey[]): VariationTable {
  if (Array.isArray(variations)) return { utterances: [], rows: variations, rowsPath: [...path, "variations"] };
  return { utterances: variations?.utterances ?? [], rows: variations?.rows ?? null, rowsPath: [...path, "variations", "rows"] };
}

/** A row with the case that it belongs to, and where it stands. */
interface RowOfCase {
  readonly draft: Draft;
  readonly wordings: readonly Wording[];
  readonly row: VariationRow;
  readonly index: number;
  readonly path: readonly PropertyKey[];
}

/** The cases of one row: the draft with what the row says, its placeholders filled with the row's values. */
export function expandRow({ draft, wordings, row, index, path }: RowOfCase, words: ProblemWords): RowExpansion {
  const { values, problems } = rowValues(row, path, words);
  const filler = createFiller(values);
  const { filled, problems: empty } = fillDraft(mergeParts(draft, rowParts(row)), filler, path, words);
  const mark = `_${row.suffix ?? index + 1}`;
  const said = row.utterance === undefined ? wordings : [{ utterance: row.utterance, mark: "", path }];
  const filledWordings = said.map(({ utterance, mark: end }) => ({ utterance: filler.text(utterance).trim(), mark: end, path }));
  const silent = filledWordings.some(({ utterance }) => utterance === "");
  const expanded = finish({ ...filled, testId: draft.testId + mark }, filledWordings, path, words);
  const wrong = [
    ...problems,
    ...empty,
    ...(silent ? [nothingLeft([...path, "utterance"], words)] : []),
    ...unfilled(filler, values, path, words),
    ...unquoted(draft, row, values, path, words),
    ...expanded.problems,
  ];
  return { cases: wrong.length > 0 ? [] : expanded.cases, problems: wrong, used: filler.used };
}

/** The values that no text of the case asks for in any row: mistyped names, most likely. */
export function unusedValues(rows: readonly VariationRow[], expanded: readonly RowExpansion[], rowsPath: readonly PropertyKey[], words: ProblemWords): readonly PathProblem[] {
  const used = new Set(expanded.flatMap((one) => [...one.used]));
  return rows.flatMap((row, index) =>
    valueKeys(row)
      .filter((key) => isPlaceholderName(key) && !used.has(key))
      .map((key): PathProblem => ({
        path: [...rowsPath, index, key],
        spot: "key",
        message: `${words.suite.unasked(quote(key), key, rowKeys.join(", "))}${didYouMean(key, [...rowKeys, ...used], words)}`,
      })),
  );
}

function valueKeys(row: VariationRow): readonly string[] {
  return Object.keys(row).filter((key) => !rowKeys.includes(key));
}

function rowValues(row: VariationRow, path: readonly PropertyKey[], words: ProblemWords) {
  const values = new Map<string, string | number | boolean>();
  const problems: PathProblem[] = [];
  for (const key of valueKeys(row)) {
    const value = row[key];
    if (!isPlaceholderName(key)) {
      problems.push({ path: [...path, key], spot: "key", message: words.found(words.unknownKey(quote(key)), `${words.suite.rowKeys(rowKeys.join(", "))}${didYouMean(key, rowKeys, words)}`) });
    } else if (typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) {
      values.set(key, value);
    } else {
      problems.push({ path: [...path, key], spot: "value", message: words.found(describeValue(value, words), words.suite.rowValue) });
      // That it is missing is then not to be told too.
      values.set(key, "");
    }
  }
  return { values, problems };
}

function rowParts({ intent, entities, next_flow, response_contains, user_id, platform, session_context, tags }: VariationRow): SuiteDefaults {
  return {
    ...(user_id === undefined ? {} : { user_id }),
    ...(platform === undefined ? {} : { platform }),
    ...(session_context === undefined ? {} : { session_context }),
    ...(tags === undefined ? {} : { tags }),
    expected_outcome: {
      ...(intent === undefined ? {} : { intent }),
      ...(entities === undefined ? {} : { entities }),
      ...(next_flow === undefined ? {} : { next_flow }),
      ...(response_contains === undefined ? {} : { response_contains }),
    },
  };
}

function fillDraft(draft: SuiteDefaults, filler: Filler, path: readonly PropertyKey[], words: ProblemWords) {
  const { intent, next_flow, response_contains, entities = {} } = draft.expected_outcome ?? {};
  const texts = Object.entries({ intent, next_flow, response_contains }).flatMap(([key, template]) => (template === undefined ? [] : [[key, filler.text(template)] as const]));
  const filled: SuiteDefaults = {
    ...draft,
    session_context: fillMap(draft.session_context ?? {}, filler),
    expected_outcome: { ...Object.fromEntries(texts), entities: fillMap(entities, filler) },
  };
  return { filled, problems: texts.filter(([, text]) => text === "").map(([key]) => nothingLeft([...path, key], words)) };
}

function fillMap(map: Readonly<Record<string, JsonValue>>, filler: Filler): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, filler.value(value)]));
}

function nothingLeft(path: readonly PropertyKey[], words: ProblemWords): PathProblem {
  return { path, spot: "value", message: words.suite.nothingLeft };
}

function unfilled(filler: Filler, values: ReadonlyMap<string, unknown>, path: readonly PropertyKey[], words: ProblemWords): readonly PathProblem[] {
  return [...filler.missing].map((name) => ({ path, spot: "value", message: `${words.suite.unfilled(name)}${didYouMean(name, [...values.keys()], words)}` }));
}

function unquoted(draft: Draft, row: VariationRow, values: ReadonlyMap<string, unknown>, path: readonly PropertyKey[], words: ProblemWords): readonly PathProblem[] {
  const maps = [draft.session_context, draft.expected_outcome?.entities, row.session_context, row.entities];
  return [...new Set(maps.flatMap((map) => unquotedPlaceholders(map ?? {})))]
    .filter((name) => values.has(name))
    .map((name) => ({ path, spot: "value", message: words.suite.unquoted(name) }));
}
