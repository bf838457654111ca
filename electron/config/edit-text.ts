import { isDeepStrictEqual } from "node:util";
import type { Result } from "../../shared/result.ts";
import { ok } from "../../shared/result.ts";
import type { JsonFault } from "./json-text.ts";
import { readJson } from "./json-text.ts";
import { setAt } from "./overrides.ts";
import type { ConfigChange } from "./panel-settings.ts";

/**
 * The text of a configuration file (null: none yet) with values set. Order of keys, indentation, line ends and byte order
 * mark stay; where nothing would change, the very text comes back.
 */
export function editText(text: string | null, changes: readonly ConfigChange[]): Result<string, JsonFault> {
  const document = readJson(text ?? "{}");
  if (!document.ok) return document;
  const before = document.value.value;
  const after = changes.reduce((value, change) => setAt(value, change.path, change.value), before);
  if (text !== null && isDeepStrictEqual(before, after)) return ok(text);
  const indent = /[\n{]([ \t]+)"/.exec(text ?? "")?.[1] ?? "  ";
  const plain = `${JSON.stringify(after, null, indent)}\n`;
  const ended = text?.includes("\r\n") === true ? plain.replaceAll("\n", "\r\n") : plain;
  return ok(text?.startsWith("\uFEFF") === true ? `\uFEFF${ended}` : ended);
}
