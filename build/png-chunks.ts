import { crc32 } from "node:zlib";

/** What a PNG is made of. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly body: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, name and check of a chunk. */
const FRAME_BYTES = 12;

/** The chunks of a PNG, in their order. Throws where the bytes are no PNG. */
export function chunksOf(png: Buffer): readonly PngChunk[] {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error("these bytes are no PNG");
  const chunks: PngChunk[] = [];
  for (let from = SIGNATURE.length; from < png.length; ) {
    const end = from + FRAME_BYTES + png.readUInt32BE(from);
    chunks.push({ type: png.toString("latin1", from + 4, from + 8), body: png.subarray(from + 8, end - 4) });
    from = end;
  }
  return chunks;
}

/** A PNG of these chunks. */
export function packPng(chunks: readonly PngChunk[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks.map(packed)]);
}

function packed({ type, body }: PngChunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
