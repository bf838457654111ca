import { z } from "zod";
import type { JsonValue } from "../../shared/simulation.ts";

/** How many cases a suite may have, variations written out. */
export const MAX_CASES = 100_000;
/** How large a suite file may be. */
export const MAX_SUITE_BYTES = 20_000_000;

const NOT_EMPTY = "text that is not empty";

// The message of every schema says what is allowed; what was found is added where the issue is put into words.
const text = z.string({ error: "text" }).min(1, { error: NOT_EMPTY });
const utterance = z.string({ error: "text" }).trim().min(1, { error: NOT_EMPTY });
const testId = text.regex(/^test_[A-Za-z0-9_]+$/, { error: "test_ and then letters, digits or _" }).max(200, { error: "at most 200 characters" });
const userId = text.regex(/^usr_[A-Za-z0-9]+$/, { error: "usr_ and then letters or digits" }).max(200, { error: "at most 200 characters" });
const platform = text.max(100, { error: "at most 100 characters" });
const tags = z.array(text, { error: "a list of texts" });

const json = z.custom<JsonValue>().superRefine((value, context) => {
  for (const { path, number } of lossyNumbers(value, [])) {
    context.addIssue({ code: "custom", path: [...path], input: number, message: "a number of at most 15 digits (put a longer one in quotes)" });
  }
});
const jsonMap = z.record(z.string(), json, { error: "a map of names and values" });

/** Numbers that are none, or that lost digits when they were read: 12345678901234567890 is not what was written. */
function lossyNumbers(value: unknown, path: readonly PropertyKey[]): readonly { readonly path: readonly PropertyKey[]; readonly number: number }[] {
  if (typeof value === "number") return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? [] : [{ path, number: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => lossyNumbers(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => lossyNumbers(item, [...path, key]));
}

/** An object that takes no other keys; for those, the message lists the ones it takes. */
function strict<Shape extends z.ZodRawShape>(shape: Shape, what: string) {
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(", ") : what) });
}

const outcome = {
  intent: text.exactOptional().describe("The intent that the bot should find."),
  entities: jsonMap.exactOptional().describe("The entities that the bot should find, each with its value."),
  next_flow: text.exactOptional().describe("A flow that the bot should visit."),
  response_contains: text.exactOptional().describe("Text that the bot's answer should hold; upper and lower case do not count."),
};
const outcomeSchema = strict(outcome, `a map with the keys ${Object.keys(outcome).join(", ")}`);

const shared = {
  user_id: userId.exactOptional().describe("Who speaks: usr_ and then letters or digits."),
  platform: platform.exactOptional().describe("The channel that the bot is reached on; \"web\" where nothing is said."),
  session_context: jsonMap.exactOptional().describe("What the bot knows when the session begins. Added to what `defaults` says, key by key."),
  tags: tags.exactOptional().describe("Words to group cases by. Added to those of `defaults`."),
};

const row = {
  suffix: text
    .regex(/^[A-Za-z0-9_]+$/, { error: "letters, digits or _" })
    .exactOptional()
    .describe("What the case's test_id gets at its end, after _; the row's number where nothing is said."),
  utterance: utterance.exactOptional().describe("In place of the case's own utterance."),
  ...outcome,
  ...shared,
};
/** The keys of a row that say something themselves; all others fill placeholders. */
export const rowKeys: readonly string[] = Object.keys(row);

/** One row of a table of variations: what is different in it, and the values of its placeholders. */
export const variationRowSchema = z
  .looseObject(row, { error: "a map: what is different in this variation, and values for {placeholders}" })
  .meta({ additionalProperties: { type: ["string", "number", "boolean"] } })
  .describe("Fields that differ from the case's own. Every other key is the value of a {placeholder} of that name in the case's texts.");

const rows = z.array(variationRowSchema, { error: "a list of rows" }).min(1, { error: "at least 1 row" });
const variationTable = strict(
  {
    utterances: z
      .array(utterance, { error: "a list of texts" })
      .min(1, { error: "at least 1 text" })
      .exactOptional()
      .describe("Other wordings of the same wish: each is a case of its own (test_x_1, test_x_2 …) beside the case's own utterance."),
    rows: rows.exactOptional().describe("Each row is a case of its own; with `utterances`, each row in each wording."),
  },
  "a list of rows, or a map with the keys utterances, rows",
);

const defaultsSchema = strict({ ...shared, expected_outcome: outcomeSchema.exactOptional().describe("What every case expects that says nothing else.") }, "a map");

/** A case as it is written: what it does not say comes from `defaults`, and it may stand for several. */
export const caseFileSchema = strict(
  {
    test_id: testId.describe("The name of the case, once in a suite: test_ and then letters, digits or _."),
    ...shared,
    utterance: utterance.exactOptional().describe("What the customer says. With `variations` that have rows, it may hold {placeholders}."),
    expected_outcome: outcomeSchema.exactOptional().describe("What the bot should make of it."),
    variations: z
      .union([rows, variationTable])
      .exactOptional()
      .describe("Makes several cases of this one: a list of rows, or { utterances, rows }. In texts of the case, {name} stands for the row's value of that name; a text that is nothing but {name} takes the value as it is, numbers included."),
  },
  "a map with the keys of a case",
);

const head = {
  $schema: z.string({ error: "text" }).exactOptional().describe("The address of this schema, for editors."),
  name: text.max(200, { error: "at most 200 characters" }).exactOptional().describe("The name of the suite; the file's name where nothing is said."),
  expected_flows: z.array(text, { error: "a list of names of flows" }).exactOptional().describe("The flows that the suite as a whole should visit. Without them flow coverage is not measured."),
  defaults: defaultsSchema.exactOptional().describe("What holds for every case that says nothing else."),
};
const casesLimits = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, { error: "a list of cases" })
    .min(1, { error: "at least 1 case" })
    .max(MAX_CASES, { error: `at most ${MAX_CASES.toLocaleString("en")} cases` });

const WHOLE = "a map with the keys name, expected_flows, defaults, cases";

/** A suite file, YAML and JSON alike (contract 5.1). */
export const suiteFileSchema = strict({ ...head, cases: casesLimits(caseFileSchema).describe("What is tried, one by one.") }, WHOLE);

/** {@link suiteFileSchema} with the cases left alone, so that one bad case hides nothing of the others. */
export const suiteHeadSchema = strict({ ...head, cases: casesLimits(z.unknown()) }, WHOLE);

export type CaseFile = z.infer<typeof caseFileSchema>;
export type SuiteDefaults = z.infer<typeof defaultsSchema>;
export type VariationRow = z.infer<typeof variationRowSchema>;
