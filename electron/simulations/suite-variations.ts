import type { JsonValue } from "../../shared/simulation.ts";
import { finish, mergeParts, type Draft, type Expansion, type Wording } from "./suite-draft.ts";
import { describeValue, didYouMean, quote } from "../documents/found-words.ts";
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

/** The cases of one row: the draft with what the row says, its placeholders filled with the row's values. */
export function expandRow(draft: Draft, wordings: readonly Wording[], row: VariationRow, index: number, path: readonly PropertyKey[]): RowExpansion {
  const { values, problems } = rowValues(row, path);
  const filler = createFiller(values);
  const { filled, problems: empty } = fillDraft(mergeParts(draft, rowParts(row)), filler, path);
  const mark = `_${row.suffix ?? index + 1}`;
  const said = row.utterance === undefined ? wordings : [{ utterance: row.utterance, mark: "", path }];
  const filledWordings = said.map(({ utterance, mark: end }) => ({ utterance: filler.text(utterance).trim(), mark: end, path }));
  const silent = filledWordings.some(({ utterance }) => utterance === "");
  const expanded = finish({ ...filled, testId: draft.testId + mark }, filledWordings, path);
  const wrong = [
    ...problems,
    ...empty,
    ...(silent ? [nothingLeft([...path, "utterance"])] : []),
    ...unfilled(filler, values, path),
    ...unquoted(draft, row, values, path),
    ...expanded.problems,
  ];
  return { cases: wrong.length > 0 ? [] : expanded.cases, problems: wrong, used: filler.used };
}

/** The values that no text of the case asks for in any row: mistyped names, most likely. */
export function unusedValues(rows: readonly VariationRow[], expanded: readonly RowExpansion[], rowsPath: readonly PropertyKey[]): readonly PathProblem[] {
  const used = new Set(expanded.flatMap((one) => [...one.used]));
  return rows.flatMap((row, index) =>
    valueKeys(row)
      .filter((key) => isPlaceholderName(key) && !used.has(key))
      .map((key): PathProblem => ({
        path: [...rowsPath, index, key],
        spot: "key",
        message: `found ${quote(key)}, but no text of the case has {${key}}; allowed: ${rowKeys.join(", ")}, and names that the case has in braces${didYouMean(key, [...rowKeys, ...used])}`,
      })),
  );
}

function valueKeys(row: VariationRow): readonly string[] {
  return Object.keys(row).filter((key) => !rowKeys.includes(key));
}

function rowValues(row: VariationRow, path: readonly PropertyKey[]) {
  const values = new Map<string, string | number | boolean>();
  const problems: PathProblem[] = [];
  for (const key of valueKeys(row)) {
    const value = row[key];
    if (!isPlaceholderName(key)) {
      problems.push({ path: [...path, key], spot: "key", message: `found the unknown key ${quote(key)}; allowed: ${rowKeys.join(", ")}, or a placeholder's name of letters, digits and _${didYouMean(key, rowKeys)}` });
    } else if (typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) {
      values.set(key, value);
    } else {
      problems.push({ path: [...path, key], spot: "value", message: `found ${describeValue(value)}; allowed: text, a number, true or false` });
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

function fillDraft(draft: SuiteDefaults, filler: Filler, path: readonly PropertyKey[]) {
  const { intent, next_flow, response_contains, entities = {} } = draft.expected_outcome ?? {};
  const texts = Object.entries({ intent, next_flow, response_contains }).flatMap(([key, template]) => (template === undefined ? [] : [[key, filler.text(template)] as const]));
  const filled: SuiteDefaults = {
    ...draft,
    session_context: fillMap(draft.session_context ?? {}, filler),
    expected_outcome: { ...Object.fromEntries(texts), entities: fillMap(entities, filler) },
  };
  return { filled, problems: texts.filter(([, text]) => text === "").map(([key]) => nothingLeft([...path, key])) };
}

function fillMap(map: Readonly<Record<string, JsonValue>>, filler: Filler): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, filler.value(value)]));
}

function nothingLeft(path: readonly PropertyKey[]): PathProblem {
  return { path, spot: "value", message: "found nothing once this row is filled in; allowed: text that is not empty" };
}

function unfilled(filler: Filler, values: ReadonlyMap<string, unknown>, path: readonly PropertyKey[]): readonly PathProblem[] {
  return [...filler.missing].map((name) => ({ path, spot: "value", message: `missing a value for {${name}}, which the case has; allowed: ${name} as a key of this row${didYouMean(name, [...values.keys()])}` }));
}

function unquoted(draft: Draft, row: VariationRow, values: ReadonlyMap<string, unknown>, path: readonly PropertyKey[]): readonly PathProblem[] {
  const maps = [draft.session_context, draft.expected_outcome?.entities, row.session_context, row.entities];
  return [...new Set(maps.flatMap((map) => unquotedPlaceholders(map ?? {})))]
    .filter((name) => values.has(name))
    .map((name) => ({ path, spot: "value", message: `found {${name}} without quotes, which YAML reads as a map; allowed: "{${name}}"` }));
}
