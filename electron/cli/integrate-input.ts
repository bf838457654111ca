import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { JsonValue } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";

const MAX_BYTES = 1_000_000;
const ALLOWED = "JSON, or @ and the name of a file with JSON in it";

/**
 * What the bot would send: `--input` as JSON, or as `@file` (relative to `cwd`), or an empty object where nothing was given.
 * The error says what is wrong and never repeats the text, which may tell of people.
 */
export async function readInput(given: string | undefined, cwd: string): Promise<Result<JsonValue, string>> {
  if (given === undefined) return ok({});
  if (!given.startsWith("@")) return parsed(given, "--input");
  const path = resolve(cwd, given.slice(1));
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return err(`--input: ${path} has ${size.toLocaleString("en")} bytes; allowed: ${MAX_BYTES.toLocaleString("en")}`);
    return parsed((await readFile(path, "utf8")).replace(/^\uFEFF/u, ""), `--input: ${path}`);
  } catch (error) {
    return err(`--input: ${diskFault(error, `reading ${path}`).detail}`);
  }
}

function parsed(text: string, where: string): Result<JsonValue, string> {
  try {
    const value: JsonValue = JSON.parse(text);
    return ok(value);
  } catch {
    return err(`${where}: found a text that is no JSON; allowed: ${ALLOWED}`);
  }
}
