import type { FilePort } from "../files/file-port.ts";

const BLOCK_BYTES = 64 * 1024;
const LINE_BREAK = 0x0a;

/** A line without its line break, and where it begins in the file (bytes). Only a last line may lack its line break. */
export interface FileLine {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly terminated: boolean;
}

/**
 * The lines of a file from its last to its first, reading no more of the file than is asked for.
 * Rejects with the operating system's error.
 */
export async function* linesFromEnd(files: FilePort, path: string): AsyncGenerator<FileLine, void, undefined> {
  const size = await files.size(path);
  let position = size;
  let pieces: Uint8Array[] = [];
  let terminated = false;
  while (position > 0) {
    const length = Math.min(BLOCK_BYTES, position);
    position -= length;
    const block = await files.read(path, position, length);
    let end = block.length;
    for (let at = block.lastIndexOf(LINE_BREAK); at >= 0; at = at === 0 ? -1 : block.lastIndexOf(LINE_BREAK, at - 1)) {
      const bytes = joined(block.subarray(at + 1, end), pieces);
      const start = position + at + 1;
      pieces = [];
      end = at;
      if (start < size) yield { bytes, start, terminated };
      terminated = true;
    }
    pieces.unshift(block.subarray(0, end));
  }
  if (size > 0) yield { bytes: joined(new Uint8Array(0), pieces), start: 0, terminated };
}

function joined(first: Uint8Array, rest: readonly Uint8Array[]): Uint8Array {
  return rest.length === 0 ? first : Buffer.concat([first, ...rest]);
}
