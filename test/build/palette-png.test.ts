import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { palettePng } from "../../build/palette-png.ts";
import { chunksOf, packPng } from "../../build/png-chunks.ts";

type Colour = readonly [red: number, green: number, blue: number];

const RED: Colour = [179, 38, 30];
const grey = (level: number): Colour => [level, level, level];

/** A picture of 16 x 16 as a browser writes it: RGB, its rows filtered in this way. */
function picture(pixels: readonly Colour[], filter: number, kind = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(pixels.length / SIDE, 4);
  header[8] = 8;
  header[9] = kind;
  const plain = Buffer.from(pixels.flat());
  const rowBytes = SIDE * 3;
  const rows = Array.from({ length: pixels.length / SIDE }, (_, y) =>
    Buffer.from([filter, ...Array.from({ length: rowBytes }, (__, x) => {
      const at = (dx: number, dy: number): number => (x - dx < 0 || y - dy < 0 ? 0 : (plain[(y - dy) * rowBytes + x - dx] ?? 0));
      const byFilter = [0, at(3, 0), at(0, 1), Math.floor((at(3, 0) + at(0, 1)) / 2), paeth(at(3, 0), at(0, 1), at(3, 1))];
      return (at(0, 0) - (byFilter[filter] ?? 0)) & 0xff;
    })]),
  );
  return packPng([
    { type: "IHDR", body: header },
    { type: "IDAT", body: deflateSync(Buffer.concat(rows)) },
    { type: "IEND", body: Buffer.alloc(0) },
  ]);
}
const SIDE = 16;

/** As the specification of PNG has it (9.4). */
function paeth(left: number, up: number, upLeft: number): number {
  const [byLeft, byUp, byBoth] = [left, up, upLeft].map((one) => Math.abs(left + up - upLeft - one));
  if ((byLeft ?? 0) <= (byUp ?? 0) && (byLeft ?? 0) <= (byBoth ?? 0)) return left;
  return (byUp ?? 0) <= (byBoth ?? 0) ? up : upLeft;
}

/** The pixels of a picture with a palette. */
function shown(png: Buffer): { readonly pixels: readonly Colour[]; readonly colours: number } {
  const body = (type: string): Buffer => chunksOf(png).find((chunk) => chunk.type === type)?.body ?? Buffer.alloc(0);
  const palette = body("PLTE");
  const rows = inflateSync(body("IDAT"));
  const pixels = Array.from({ length: (rows.length / (SIDE + 1)) * SIDE }, (_, at): Colour => {
    const index = rows[at + Math.floor(at / SIDE) + 1] ?? 0;
    return [palette[index * 3] ?? -1, palette[index * 3 + 1] ?? -1, palette[index * 3 + 2] ?? -1];
  });
  return { pixels, colours: palette.length / 3 };
}

describe("a picture with a palette", () => {
  const few = Array.from({ length: SIDE * SIDE }, (_, at): Colour => (at % 7 === 0 ? RED : [at % 5, 200, (at * 3) % 11]));

  it.each([0, 1, 2, 3, 4])("is the same picture where its colours are few, whichever filter its rows had (%i)", (filter) => {
    expect(shown(palettePng(picture(few, filter))).pixels).toEqual(few);
  });

  it("keeps a colour of few pixels beside more greys and tints than there is room for, and no pixel is far off", () => {
    const many = Array.from({ length: SIDE * 64 }, (_, at): Colour => (at === 500 ? RED : at % 2 === 0 ? grey(at % 256) : [255 - (at % 256), 255 - (at % 256), 255]));
    const { pixels, colours } = shown(palettePng(picture(many, 1)));
    expect(colours).toBeLessThanOrEqual(256);
    expect(pixels[500]).toEqual(RED);
    for (const [at, pixel] of pixels.entries()) for (const [channel, value] of pixel.entries()) expect(Math.abs(value - (many[at]?.[channel] ?? 0))).toBeLessThanOrEqual(2);
  });

  it("is refused for what is none, or has colours of another kind", () => {
    expect(() => palettePng(Buffer.from("GIF89a"))).toThrow("these bytes are no PNG");
    expect(() => palettePng(picture(few, 0, 4))).toThrow("a PNG of depth 8 and kind 4 was found; 8 bits of RGB or RGBA are allowed");
  });
});
