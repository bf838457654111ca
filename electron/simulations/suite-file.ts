import { err, ok, type Result } from "../../shared/result.ts";
import type { Suite, SuiteProblem } from "../../shared/simulation.ts";
import { readDocumentText, tooLarge } from "../documents/document-file.ts";
import { englishProblems, type ProblemWords } from "../documents/found-words.ts";
import type { FilePort } from "../files/file-port.ts";
import { nodeFiles } from "../files/node-files.ts";
import { checkSuite } from "./suite-check.ts";
import { MAX_SUITE_BYTES } from "./suite-schema.ts";
import { openSource, suiteFormat, type SuiteSource } from "./suite-source.ts";

const LIMIT = { bytes: MAX_SUITE_BYTES, what: "a suite" } as const;

export interface SuiteText {
  /** The file's name or path, for messages; its extension tells the format: .yaml, .yml, .json or .csv. */
  readonly file: string;
  readonly text: string;
  /** Expected flows in place of those of the file. */
  readonly flows?: readonly string[];
  /** What is wrong is told in these; English unless given. What a reader of JSON, YAML or CSV found is English always. */
  readonly words?: ProblemWords;
}

/**
 * Reads a suite (contract 5.1): defaults and variations worked in, utterances trimmed; or everything that is wrong with
 * it, each with line, column and field, in the order of the file.
 */
export function parseSuite({ file, text, flows, words = englishProblems }: SuiteText): Result<Suite, readonly SuiteProblem[]> {
  const wrong = (message: string): Result<Suite, readonly SuiteProblem[]> => err([{ file, line: null, column: null, field: "", message }]);
  const format = suiteFormat(file);
  if (format === null) return wrong(words.suite.wrongName);
  if (text.length > MAX_SUITE_BYTES) return wrong(tooLarge(text.length, LIMIT));

  const source = openSource(format, text.startsWith("\uFEFF") ? text.slice(1) : text);
  if (source.value === undefined && source.faults.length === 0) return wrong(words.suite.empty);
  const checked = source.value === undefined ? null : checkSuite(source, words);
  const problems = [...faultProblems(file, source), ...(checked === null ? [] : pathProblems(file, source, checked.problems))];
  if (checked === null || problems.length > 0) return err(problems.toSorted(byPlace));
  return ok({ name: checked.name ?? bareName(file), expected_flows: flows === undefined ? checked.expectedFlows : givenFlows(flows), cases: checked.cases });
}

/** What reading a suite from the disk takes: the file system is the machine's own unless another is given. */
export interface SuitePorts {
  readonly files?: Pick<FilePort, "size" | "read">;
  /** Expected flows in place of those of the file. */
  readonly flows?: readonly string[];
}

/**
 * Reads the suite at `path` as {@link parseSuite} does. The size is looked at first: a file that is too large is refused
 * without being read. What cannot be read is told as a problem of the whole file.
 */
export async function readSuite(path: string, { files = nodeFiles, flows }: SuitePorts): Promise<Result<Suite, readonly SuiteProblem[]>> {
  const text = await readDocumentText(path, { files, limit: LIMIT, cannot: "the suite cannot be read" });
  if (!text.ok) return err([{ file: path, line: text.error.place?.line ?? null, column: text.error.place?.column ?? null, field: "", message: text.error.message }]);
  return parseSuite({ file: path, text: text.value, ...(flows === undefined ? {} : { flows }) });
}

function faultProblems(file: string, source: SuiteSource): readonly SuiteProblem[] {
  return source.faults.map(({ at, path, message }) => {
    const place = at === null ? null : source.offsetPlace(at);
    return { file, line: place?.line ?? null, column: place?.column ?? null, field: source.field(path), message };
  });
}

function pathProblems(file: string, source: SuiteSource, problems: ReturnType<typeof checkSuite>["problems"]): readonly SuiteProblem[] {
  return problems
    .filter(({ path }) => !source.broken(path))
    .map(({ path, spot, message }) => {
      const place = source.place(path, spot);
      return { file, line: place?.line ?? null, column: place?.column ?? null, field: source.field(path), message };
    });
}

function byPlace(a: SuiteProblem, b: SuiteProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function givenFlows(flows: readonly string[]): readonly string[] {
  return [...new Set(flows.map((flow) => flow.trim()).filter((flow) => flow !== ""))];
}

/** The file's name without folders and extension. */
function bareName(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1).replace(/\.[^.]+$/, "");
  return name === "" ? "suite" : name;
}
