import { constants, crc32, deflateRawSync } from "node:zlib";

const BLOCK_BYTES = 1_000_000;
/** Magic number, deflate, no flags, no time, no operating system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/**
 * Gzip of JSON that unpacks to some `megabytes` MB, about a thousandth of that itself. One block of letters is packed once
 * and repeated: a full flush ends it on a byte and lets the next one stand by itself.
 */
export function gzipBomb(megabytes: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, "a");
  const parts = [Buffer.from('{"data":{"result":[]},"padding":"'), ...Array.from({ length: megabytes }, () => block), Buffer.from('"}')];
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(parts.reduce((sum, part) => crc32(part, sum), 0), 0);
  trailer.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([
    HEADER,
    ...parts.map((part, at) => {
      if (part === block) return packed;
      return deflateRawSync(part, { finishFlush: at === 0 ? constants.Z_FULL_FLUSH : constants.Z_FINISH });
    }),
    trailer,
  ]);
}
