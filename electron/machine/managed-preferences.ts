import type { MachineReading } from "../config/machine-reading.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { type PolicyOwner, readOwnedFile, ROOT } from "./policy-file.ts";
import type { RunProgram } from "./run-program.ts";

const PLUTIL = "/usr/bin/plutil";

/**
 * One file of managed preferences on macOS, which the system writes from a configuration profile: a property list that
 * holds the policy's keys (`version`, `settings`, `reason`). A profile may have it as a single text `Policy` in its place.
 */
export async function readManagedPreferences(path: string, run: RunProgram, signal: AbortSignal, owner: PolicyOwner = ROOT): Promise<MachineReading> {
  const owned = await readOwnedFile(path, owner);
  if (!(owned instanceof Uint8Array)) return owned;
  const unreadable = (found: string): MachineReading => ({ kind: "unreadable", origin: path, found, allowed: "a property list without dates and data" });
  const outcome = await run(PLUTIL, ["-convert", "json", "-o", "-", "--", path], signal);
  if (outcome.kind === "failed") return unreadable(`plutil failed: ${outcome.reason}`);
  const text = decodeUtf8(outcome.output);
  if (outcome.code !== 0 || text === null) return unreadable(`what plutil cannot turn into JSON (exit ${outcome.code})`);
  return { kind: "text", origin: path, text: wrapped(text) ?? text };
}

/** The text that stands under `Policy`, where the list has one. */
function wrapped(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "Policy" in value && typeof value.Policy === "string" ? value.Policy : null;
  } catch {
    return null;
  }
}
