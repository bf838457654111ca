import type { LooseValue } from "../config/machine-reading.ts";

/** The name of the value that holds a whole policy as JSON. */
const WHOLE = "policy";
/** `    name    REG_SZ    data`: reg.exe parts its columns by four spaces. */
const VALUE = /^ {4}(?<name>.*?) {4}(?<type>REG_[A-Z_]+)(?: {4}(?<data>.*))?$/;
const TYPES_OF_TEXT: ReadonlySet<string> = new Set(["REG_SZ", "REG_EXPAND_SZ"]);

/** What a key of the registry holds: the JSON of its value `Policy`, and its other values by their paths. */
export interface RegistryValues {
  readonly text: string | null;
  readonly values: readonly LooseValue[];
}

/**
 * Reads what `reg query KEY /s` prints. A value's path is that of its key below `key`, then its own name: dots part names as
 * backslashes do. In the error: the name of a value whose type can mean no setting.
 */
export function readRegistryOutput(output: string, key: string): RegistryValues | { readonly unusable: string } {
  const values: LooseValue[] = [];
  let text: string | null = null;
  let within: readonly string[] = [];
  for (const line of output.split(/\r?\n/)) {
    const match = VALUE.exec(line)?.groups;
    if (match === undefined) {
      const below = belowKey(line, key);
      if (below !== null) within = below;
      continue;
    }
    const { name = "", type = "", data = "" } = match;
    const path = [...within, ...name.split(".")].filter((part) => part !== "");
    // The unnamed value of a key: its words are localised, and nobody sets anything by it.
    if (name.startsWith("(")) continue;
    if (path.length === 1 && name.toLowerCase() === WHOLE && TYPES_OF_TEXT.has(type)) text = data;
    else if (TYPES_OF_TEXT.has(type)) values.push({ path, value: data });
    else if (type === "REG_DWORD" || type === "REG_QWORD") values.push({ path, value: Number(data) });
    else if (type === "REG_MULTI_SZ") values.push({ path, value: data === "" ? [] : data.split(String.raw`\0`).filter((entry) => entry !== "") });
    else return { unusable: `${path.join(".")} of type ${type}` };
  }
  return { text, values };
}

/** Whether `reg query` of the key above `key` lists it. */
export function listsKey(output: string, key: string): boolean {
  return output.split(/\r?\n/).some((line) => belowKey(line, key)?.length === 0);
}

/** The parts of a key's name below `key`; null where the line names no such key. */
function belowKey(line: string, key: string): readonly string[] | null {
  const name = line.trimEnd();
  if (name.toLowerCase() === key.toLowerCase()) return [];
  return name.toLowerCase().startsWith(`${key.toLowerCase()}\\`) ? name.slice(key.length + 1).split("\\") : null;
}
