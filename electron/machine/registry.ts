import { win32 } from "node:path";
import type { MachineReading } from "../config/machine-reading.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { listsKey, readRegistryOutput } from "./registry-output.ts";
import type { RunProgram } from "./run-program.ts";

/** Code page 65001 is UTF-8: by itself the registry's program prints in the code page of the desk, and drops other letters. */
const IN_UTF8 = "chcp 65001>nul & ";
const ALLOWED = "values of text, numbers and lists (REG_SZ, REG_DWORD, REG_MULTI_SZ), below 4 MB";

export interface RegistryOptions {
  /** The folder of Windows. */
  readonly systemRoot: string;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

/**
 * Reads a key of the registry below `hive`\Software\Policies with all that is in it. First the key above is listed: a
 * key that is not there and one that must not be read are the same error to the registry's program, and a policy that
 * cannot be read is no policy that is gone.
 */
export async function readRegistry(hive: "HKEY_LOCAL_MACHINE" | "HKEY_CURRENT_USER", options: RegistryOptions): Promise<MachineReading> {
  const above = `${hive}\\Software\\Policies`;
  const origin = `${above}\\Callside`;
  const unreadable = (found: string): MachineReading => ({ kind: "unreadable", origin, found, allowed: ALLOWED });
  const listed = await query(above, options);
  if (listed.kind === "failed") return unreadable(`reg.exe failed: ${listed.reason}`);
  // Without the key above, nothing can be below it.
  if (listed.code !== 0 || !listsKey(readable(listed.output), origin)) return { kind: "absent", origin };
  const all = await query(`${origin} /s`, options);
  if (all.kind === "failed") return unreadable(`reg.exe failed: ${all.reason}`);
  if (all.code !== 0) return unreadable(`a key that cannot be read (exit ${all.code})`);
  const text = decodeUtf8(all.output);
  if (text === null) return unreadable("letters that cannot be read");
  const values = readRegistryOutput(text, origin);
  return "unusable" in values ? unreadable(`the value ${values.unusable}`) : { kind: "values", origin, ...values };
}

/** `/reg:64`: a 32-bit program must not be shown another registry. */
function query(what: string, { systemRoot, run, signal }: RegistryOptions) {
  const folder = win32.join(systemRoot, "System32");
  return run(win32.join(folder, "cmd.exe"), ["/d", "/s", "/c", `${IN_UTF8}${win32.join(folder, "reg.exe")} query ${what} /reg:64`], signal);
}

/** The names of other programs' keys may be in any letters. */
function readable(output: Uint8Array): string {
  return new TextDecoder().decode(output);
}
