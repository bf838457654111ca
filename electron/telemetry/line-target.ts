import type { Writable } from "node:stream";
import type { Clock } from "../../shared/clock.ts";
import { createAppendFile } from "../files/append-file.ts";
import { createAppendQueue, type AppendQueue } from "../files/append-queue.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import type { FilePort } from "../files/file-port.ts";
import { nodeFiles } from "../files/node-files.ts";
import { createStreamSink } from "../files/stream-sink.ts";
import { createRotatingFile, type RotationPort } from "./rotating-file.ts";

/** How long a line waits for others, so that a fast source costs few writes. */
const GATHER_MS = 100;
const MAX_LINES = 250_000;
/** Outside the heap once a batch is sealed; enough for a disk that stalls for a moment under full load. */
const MAX_CHARS = 32 * 1024 * 1024;

/**
 * Where lines go: a file that is appended to (made with its directories), files that take turns (`rotating-file.ts`), or
 * a stream of the caller's (`name` for messages).
 */
export type LineTarget =
  | { readonly kind: "file"; readonly file: string; readonly files?: FilePort }
  | { readonly kind: "rotating"; readonly folder: string; readonly name: string; readonly earlier?: string; readonly files: FilePort; readonly rotation?: RotationPort }
  | { readonly kind: "stream"; readonly stream: Writable; readonly name: string };

/** A queue of lines to a target, written in batches of about 100 ms; at most 32 MB are kept while it refuses. */
export function openLineTarget(target: LineTarget, clock: Clock, onTrouble: (trouble: DiskTrouble) => void): AppendQueue {
  const bounds = { clock, onTrouble, gatherMs: GATHER_MS, maxLines: MAX_LINES, maxChars: MAX_CHARS };
  if (target.kind === "file") {
    const appendFile = createAppendFile(target.files ?? nodeFiles, { sync: false });
    return createAppendQueue({ ...bounds, write: (batch) => appendFile.append(target.file, batch.bytes) });
  }
  if (target.kind === "rotating") {
    const rotating = createRotatingFile({ ...target, clock });
    return createAppendQueue({ ...bounds, write: (batch) => rotating.append(batch.bytes) });
  }
  const sink = createStreamSink(target.stream, target.name);
  const queue = createAppendQueue({ ...bounds, write: (batch) => sink.write(batch.bytes) });
  return {
    push: (path, line) => queue.push(path, line),
    flush: () => queue.flush(),
    async [Symbol.asyncDispose]() {
      // First, so that a reader that is stuck does not keep the program from ending.
      sink[Symbol.dispose]();
      await queue[Symbol.asyncDispose]();
    },
  };
}
