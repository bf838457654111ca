import { lstat, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { MachineReading } from "../config/machine-reading.ts";
import { systemCode } from "../files/disk-fault.ts";
import { decodeUtf8 } from "./decode-utf8.ts";

/** A policy with the longest list of phrases that may be configured stays below. */
const MAX_BYTES = 4_000_000;
const WRITABLE_BY_OTHERS = 0o022;

/** Who has to own a policy for it to count; root, unless a test says otherwise. */
export interface PolicyOwner {
  readonly uid: number;
  readonly name: string;
}

export const ROOT: PolicyOwner = { uid: 0, name: "root" };

/**
 * The bytes of a policy's file that only `owner` can have written, or why they do not count. Whoever could write the
 * file or put another in its place could set rules for this machine, so the folder is looked at too. The file is
 * judged once it is open: what is read is what was judged.
 */
export async function readOwnedFile(path: string, owner: PolicyOwner): Promise<Uint8Array | Exclude<MachineReading, { readonly kind: "text" | "values" }>> {
  const refuse = (found: string, allowed: string) => ({ kind: "unreadable" as const, origin: path, found, allowed });
  try {
    await using file = await open(path, "r");
    for (const [facts, subject] of [
      [await stat(dirname(path)), "its folder"],
      [await file.stat(), "a file"],
    ] as const) {
      if (facts.uid !== owner.uid) return refuse(`${subject} that belongs to user ${facts.uid}`, `a file and a folder that belong to ${owner.name}`);
      if ((facts.mode & WRITABLE_BY_OTHERS) !== 0) {
        return refuse(`${subject} that others than ${owner.name} can write (mode ${(facts.mode & 0o777).toString(8)})`, `a file and a folder that only ${owner.name} can write`);
      }
    }
    const { size } = await file.stat();
    if (size > MAX_BYTES) return refuse(`${size} bytes`, `at most ${MAX_BYTES} bytes`);
    return await file.readFile();
  } catch (error) {
    const code = systemCode(error);
    // A link that leads nowhere was put there for a policy.
    if (code === "ENOENT" && !(await isThere(path))) return { kind: "absent", origin: path };
    return refuse(`what cannot be read (${code ?? "unknown error"})`, "a file that everyone can read");
  }
}

/** The policy of a machine with Linux: JSON, by default at `/etc/callside/policy.json`. */
export async function readPolicyFile(path: string, owner: PolicyOwner = ROOT): Promise<MachineReading> {
  const bytes = await readOwnedFile(path, owner);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const text = decodeUtf8(bytes);
  return text === null ? { kind: "unreadable", origin: path, found: "bytes that are no UTF-8", allowed: "JSON in UTF-8" } : { kind: "text", origin: path, text };
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
