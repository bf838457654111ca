/** A square picture in PNG. */
export interface Png {
  /** Pixels on a side. */
  readonly size: number;
  readonly bytes: Buffer;
}

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ICO_HEADER_SIZE = 6;
const ICO_ENTRY_SIZE = 16;

/** Width and height in pixels, from a PNG's first chunk. Throws where the bytes are no PNG. */
export function pngSize(bytes: Buffer): readonly [width: number, height: number] {
  if (!bytes.subarray(0, PNG_MAGIC.length).equals(PNG_MAGIC)) throw new Error("these bytes are no PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** Windows' container: a table, then the pictures as PNG (Windows Vista and later). Sizes up to 256. */
export function packIco(pictures: readonly Png[]): Buffer {
  const header = Buffer.alloc(ICO_HEADER_SIZE);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(pictures.length, 4);
  let offset = ICO_HEADER_SIZE + pictures.length * ICO_ENTRY_SIZE;
  const entries = pictures.map(({ size, bytes }) => {
    if (size > 256) throw new Error(`an icon of ${size} pixels does not go into an ICO: 256 at most`);
    const entry = Buffer.alloc(ICO_ENTRY_SIZE);
    entry.writeUInt8(size % 256, 0); // 0 stands for 256
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // planes
    entry.writeUInt16LE(32, 6); // bits of a pixel
    entry.writeUInt32LE(bytes.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += bytes.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ bytes }) => bytes)]);
}

/** What an ICO holds. Throws where it is none. */
export function unpackIco(ico: Buffer): readonly Png[] {
  if (ico.readUInt16LE(0) !== 0 || ico.readUInt16LE(2) !== 1) throw new Error("these bytes are no ICO");
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = ICO_HEADER_SIZE + index * ICO_ENTRY_SIZE;
    const offset = ico.readUInt32LE(at + 12);
    return { size: ico.readUInt8(at) || 256, bytes: ico.subarray(offset, offset + ico.readUInt32LE(at + 8)) };
  });
}

/** macOS' names of pictures by their pixels; the second of a size is the one for screens of double density. */
const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ["icp4", 16],
  ["icp5", 32],
  ["ic07", 128],
  ["ic08", 256],
  ["ic09", 512],
  ["ic11", 32],
  ["ic12", 64],
  ["ic13", 256],
  ["ic14", 512],
  ["ic10", 1024],
];
const ICNS_HEADER_SIZE = 8;

/** The sizes that an ICNS needs. */
export const icnsSizes: readonly number[] = [...new Set(ICNS_TYPES.map(([, size]) => size))].toSorted((a, b) => a - b);

/** macOS' container: for each kind of picture its name, its length, its PNG. Throws where a size is missing. */
export function packIcns(pictures: readonly Png[]): Buffer {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const picture = pictures.find((one) => one.size === size);
    if (picture === undefined) throw new Error(`an ICNS needs a picture of ${size} pixels`);
    return icnsPart(type, picture.bytes);
  });
  return icnsPart("icns", Buffer.concat(parts));
}

/** What an ICNS holds, by the names of its kinds. Throws where it is none. */
export function unpackIcns(icns: Buffer): readonly (Png & { readonly type: string })[] {
  if (icns.toString("latin1", 0, 4) !== "icns" || icns.readUInt32BE(4) !== icns.length) throw new Error("these bytes are no ICNS");
  const found: (Png & { readonly type: string })[] = [];
  for (let at = ICNS_HEADER_SIZE; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const bytes = icns.subarray(at + ICNS_HEADER_SIZE, at + icns.readUInt32BE(at + 4));
    found.push({ type: icns.toString("latin1", at, at + 4), size: pngSize(bytes)[0], bytes });
  }
  return found;
}

function icnsPart(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(ICNS_HEADER_SIZE);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(ICNS_HEADER_SIZE + body.length, 4);
  return Buffer.concat([head, body]);
}
