import { deflateSync, inflateSync } from "node:zlib";
import { chunksOf, packPng } from "./png-chunks.ts";

const RGB = 2;
const RGBA = 6;
const PALETTE = 3;
const MAX_COLOURS = 256;

/**
 * The same picture, opaque, with at most 256 colours and one byte a pixel: a third of what a browser's picture of a page takes.
 * The most frequent colours stay as they are; each other becomes the nearest of these. Throws where `png` is not 8 bits deep RGB or RGBA.
 */
export function palettePng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks[0]?.body ?? Buffer.alloc(0);
  const [width, height, depth, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  if (depth !== 8 || (kind !== RGB && kind !== RGBA)) throw new Error(`a PNG of depth ${depth} and kind ${kind} was found; 8 bits of RGB or RGBA are allowed`);
  const pixels = colours(inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body))), width, height, kind === RGB ? 3 : 4);
  const { palette, indexOf } = paletteOf(pixels);
  const rows = Buffer.alloc(height * (width + 1)); // each begins with its filter: none, as palettes are
  for (let at = 0; at < pixels.length; at += 1) rows[at + Math.floor(at / width) + 1] = indexOf.get(pixels[at] ?? 0) ?? 0;
  const described = Buffer.from(header);
  described[9] = PALETTE;
  return packPng([
    { type: "IHDR", body: described },
    { type: "PLTE", body: Buffer.from(palette.flatMap(channels)) },
    { type: "IDAT", body: deflateSync(rows, { level: 9, memLevel: 9 }) },
    { type: "IEND", body: Buffer.alloc(0) },
  ]);
}

/** Each pixel as 0xrrggbb, from rows that are filtered (PNG 12.2: each byte is told by its difference to what is left, above, or both). */
function colours(filtered: Buffer, width: number, height: number, bytesPerPixel: number): Uint32Array {
  const rowBytes = width * bytesPerPixel;
  let above = Buffer.alloc(rowBytes);
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowBytes + 1);
    const filter = filtered[start] ?? 0;
    const row = Buffer.from(filtered.subarray(start + 1, start + 1 + rowBytes));
    for (let x = 0; x < rowBytes; x += 1) {
      const left = row[x - bytesPerPixel] ?? 0;
      const up = above[x] ?? 0;
      row[x] = (row[x] ?? 0) + predicted(filter, left, up, above[x - bytesPerPixel] ?? 0);
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = row.readUIntBE(x * bytesPerPixel, 3);
    above = row;
  }
  return pixels;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  const [byLeft, byUp, byBoth] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)];
  if (byLeft <= byUp && byLeft <= byBoth) return left;
  return byUp <= byBoth ? up : upLeft;
}

/**
 * The most frequent colours first, each one that differs enough from those before it; "enough" is the least with which 256 do.
 * So a colour of few pixels, such as a red dot, keeps its place beside many greys.
 */
function paletteOf(pixels: Uint32Array): { readonly palette: readonly number[]; readonly indexOf: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const found = [...counts].toSorted(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
  for (let enough = 0; ; enough += 1) {
    const palette: number[] = [];
    for (const colour of found) {
      if (palette.every((taken) => distance(taken, colour) > enough)) palette.push(colour);
      if (palette.length > MAX_COLOURS) break;
    }
    if (palette.length <= MAX_COLOURS) return { palette, indexOf: new Map(found.map((colour) => [colour, nearest(palette, colour)])) };
  }
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (const [index, taken] of palette.entries()) if (distance(taken, colour) < distance(palette[best] ?? 0, colour)) best = index;
  return best;
}

/** The greatest difference in one channel. */
function distance(a: number, b: number): number {
  const [red, green, blue] = channels(a);
  const [otherRed, otherGreen, otherBlue] = channels(b);
  return Math.max(Math.abs(red - otherRed), Math.abs(green - otherGreen), Math.abs(blue - otherBlue));
}

function channels(colour: number): readonly [red: number, green: number, blue: number] {
  return [Math.floor(colour / 0x1_00_00), Math.floor(colour / 0x1_00) % 0x1_00, colour % 0x1_00];
}
