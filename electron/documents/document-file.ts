import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { decodeText, type BytesFault } from "./text-bytes.ts";

/** How large a document may be, in bytes, and what it is called in messages: `a suite`. */
export interface DocumentLimit {
  readonly bytes: number;
  readonly what: string;
}

/**
 * The text of the document at `path`, a byte order mark included. The size is looked at first: a file that is too large
 * is refused without being read. `cannot`: how a message begins that tells of the disk ("the suite cannot be read").
 */
export async function readDocumentText(
  path: string,
  { files, limit, cannot }: { readonly files: Pick<FilePort, "size" | "read">; readonly limit: DocumentLimit; readonly cannot: string },
): Promise<Result<string, BytesFault>> {
  const wrong = (message: string): Result<string, BytesFault> => err({ place: null, message });
  try {
    const size = await files.size(path);
    if (size > limit.bytes) return wrong(tooLarge(size, limit));
    // One byte more than there should be tells of a file that grows meanwhile.
    const bytes = await files.read(path, 0, size + 1);
    if (bytes.length !== size) return wrong("found a file that changes while it is read; try again once it is whole");
    const decoded = decodeText(bytes);
    return decoded.ok ? ok(decoded.value) : decoded;
  } catch (error) {
    return wrong(diskFault(error, cannot).detail);
  }
}

/** That a document of `size` bytes is too large. */
export function tooLarge(size: number, limit: DocumentLimit): string {
  return `found ${megabytes(size)} MB; allowed: ${limit.what} of at most ${megabytes(limit.bytes)} MB`;
}

function megabytes(bytes: number): string {
  return (Math.ceil(bytes / 100_000) / 10).toLocaleString("en");
}
