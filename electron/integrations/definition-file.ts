import type { DefinitionProblem } from "../../shared/integration.ts";
import { openDocument, type DocumentReading, type SourceDocument } from "../documents/document.ts";
import { readDocumentText, tooLarge } from "../documents/document-file.ts";
import { readJson } from "../documents/json-source.ts";
import type { TextPlace } from "../documents/text-place.ts";
import { readYaml } from "../documents/yaml-source.ts";
import type { FilePort } from "../files/file-port.ts";
import { nodeFiles } from "../files/node-files.ts";
import { type CheckedDefinition, checkDraft, pathText } from "./definition.ts";

/** How large a definition file may be. */
const LIMIT = { bytes: 1_000_000, what: "a definition" } as const;

/** A definition file that was read: what the check found, with lines, in the order of the file. */
export interface DefinitionReading extends CheckedDefinition {
  /** What stands in the file, right or wrong, as plain JSON; undefined where it could not be read. */
  readonly draft: unknown;
  /** Whether the file could be had at all: it is there, it may be read, and it is not too large. */
  readonly had: boolean;
}

export interface DefinitionText {
  /** The file's name or path; its extension tells the format: .json, .yaml or .yml. */
  readonly file: string;
  readonly text: string;
}

/** Reads and checks the text of a definition (contract 4.1), a byte order mark allowed. */
export function parseDefinition({ file, text }: DefinitionText): DefinitionReading {
  const read = readerFor(file);
  if (read === null) return refused("found a name that ends otherwise; allowed: a file that ends in .json, .yaml or .yml");
  if (text.length > LIMIT.bytes) return refused(tooLarge(text.length, LIMIT));
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const document = openDocument(bare, read(bare));
  if (document.value === undefined && document.faults.length === 0) return { ...refused("found nothing in the file; allowed: a definition"), had: true };
  return checkDocument(document);
}

/**
 * Reads the definition at `path` as {@link parseDefinition} does; a file that is too large is refused without being read.
 * `files`: the machine's own file system unless another is given.
 */
export async function readDefinition(path: string, { files = nodeFiles }: { readonly files?: Pick<FilePort, "size" | "read"> } = {}): Promise<DefinitionReading> {
  if (readerFor(path) === null) return parseDefinition({ file: path, text: "" });
  const text = await readDocumentText(path, { files, limit: LIMIT, cannot: "the definition cannot be read" });
  return text.ok ? parseDefinition({ file: path, text: text.value }) : refused(text.error.message, text.error.place);
}

function readerFor(file: string): ((text: string) => DocumentReading) | null {
  const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase();
  if (extension === "json") return readJson;
  return extension === "yaml" || extension === "yml" ? readYaml : null;
}

function checkDocument(document: SourceDocument): DefinitionReading {
  const checked = document.value === undefined ? null : checkDraft(document.value);
  const found = [
    ...document.faults.map(({ at, path, message }) => ({ path, message, place: at === null ? null : document.offsetPlace(at) })),
    ...(checked?.problems ?? []).filter(({ path }) => !document.broken(path)).map(({ path, spot, message }) => ({ path, message, place: document.place(path, spot) })),
  ];
  const problems = found.toSorted((a, b) => order(a.place, b.place)).map(({ path, message, place }) => withLine(pathText(path), message, place));
  const sound = checked !== null && problems.length === 0;
  return { definition: sound ? checked.definition : null, problems, notes: sound ? checked.notes : [], draft: document.value, had: true };
}

function order(a: TextPlace | null, b: TextPlace | null): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}

function withLine(path: string, message: string, place: TextPlace | null): DefinitionProblem {
  return place === null ? { path, message } : { path, message, line: place.line };
}

function refused(message: string, place: TextPlace | null = null): DefinitionReading {
  return { definition: null, problems: [withLine("", message, place)], notes: [], draft: undefined, had: false };
}
