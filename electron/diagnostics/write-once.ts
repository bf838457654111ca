import { access, open } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault, systemCode } from "../files/disk-fault.ts";

const OWNER_ONLY = 0o600;
const MAX_TRIES = 100;

/** Puts a text into a new file of a folder and gives the whole path; see {@link writeOnce}. */
export type WriteOnce = (folder: string, name: string, ending: string, text: string) => Promise<Result<string, Fault>>;

/** Writes `<name><ending>`, or `<name>-2<ending>` and so on where there is such a file: none is ever overwritten. Fault: `disk`. */
export const writeOnce: WriteOnce = async (folder, name, ending, text) => {
  let last: unknown = null;
  for (let number = 1; number <= MAX_TRIES; number += 1) {
    const file = join(folder, `${name}${number === 1 ? "" : `-${number}`}${ending}`);
    try {
      await using handle = await open(file, "wx", OWNER_ONLY);
      await handle.writeFile(text);
      await handle.sync();
      return ok(file);
    } catch (error) {
      last = error;
      if (systemCode(error) !== "EEXIST") break;
    }
  }
  return err(diskFault(last, `writing ${join(folder, `${name}${ending}`)}`));
};

/** Whether something can be put into a folder that is there. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    await access(join(path, "."));
    return true;
  } catch {
    return false;
  }
}
