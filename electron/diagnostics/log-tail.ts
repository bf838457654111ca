import { join } from "node:path";
import type { FilePort } from "../files/file-port.ts";

/** Enough for many lines, and little enough to be read at once. */
const MAX_BYTES_EACH = 2 * 1024 * 1024;

/** The last `wanted` lines of files that follow each other (`names` newest first), oldest first. A file that cannot be read is passed over. */
export async function logTail(files: Pick<FilePort, "size" | "read">, folder: string, names: readonly string[], wanted: number): Promise<readonly string[]> {
  const newestFirst: (readonly string[])[] = [];
  let count = 0;
  for (const name of names) {
    if (count >= wanted) break;
    const lines = await tailOf(files, join(folder, name));
    newestFirst.push(lines);
    count += lines.length;
  }
  return newestFirst.toReversed().flat().slice(-wanted);
}

async function tailOf(files: Pick<FilePort, "size" | "read">, file: string): Promise<readonly string[]> {
  try {
    const size = await files.size(file);
    const from = Math.max(0, size - MAX_BYTES_EACH);
    const text = Buffer.from(await files.read(file, from, size - from)).toString("utf8");
    const lines = text.split("\n");
    // What comes after the last line break is still being written; what comes before the first may be half a line.
    return lines.slice(from === 0 ? 0 : 1, -1);
  } catch {
    return [];
  }
}
