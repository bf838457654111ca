import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { icoSizes, linuxSizes, traySizes } from "../../build/draw-icons.ts";
import { icnsSizes, packIcns, packIco, pngSize, unpackIcns, unpackIco, type Png } from "../../build/icon-containers.ts";
import { appMark, faviconAddress, trayGrounds, trayMark, trayStates } from "../../build/icon-marks.ts";
import { trayIcons, windowIcon } from "../../electron/desktop/icons.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const square = (size: number) => [size, size];
const pngOf = (address: string): Buffer => {
  expect(address).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/);
  return Buffer.from(address.slice("data:image/png;base64,".length), "base64");
};
/** As much of a PNG as its size is read from, of any length. */
const anyPng = (size: number, length: number): Png => {
  const bytes = Buffer.alloc(24 + length, size % 251);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  bytes.writeUInt32BE(size, 16);
  bytes.writeUInt32BE(size, 20);
  return { size, bytes };
};

describe("the committed icons", () => {
  it("hold for Windows every size from 16 to 256", async () => {
    const pictures = unpackIco(await readFile(at("build/icons/callside.ico")));
    expect(pictures.map(({ size }) => size)).toEqual(icoSizes);
    for (const { size, bytes } of pictures) expect(pngSize(bytes)).toEqual(square(size));
  });

  it("hold for macOS every size from 16 to 1024", async () => {
    const pictures = unpackIcns(await readFile(at("build/icons/callside.icns")));
    expect([...new Set(pictures.map(({ size }) => size))].toSorted((a, b) => a - b)).toEqual(icnsSizes);
    expect(pictures.find(({ type }) => type === "ic10")?.size).toBe(1024);
  });

  it("are for Linux one file of each size, and no other", async () => {
    expect((await readdir(at("build/icons/linux"))).toSorted()).toEqual(linuxSizes.map((size) => `${size}x${size}.png`).toSorted());
    for (const size of linuxSizes) expect(pngSize(await readFile(at(`build/icons/linux/${size}x${size}.png`)))).toEqual(square(size));
  });

  it("are for the tray on each ground, in each state, at each density, all unlike", () => {
    const addresses = trayGrounds.flatMap((ground) => trayStates.flatMap((state) => [16, 24, 32].map((size) => ({ size, address: Object.entries(trayIcons[ground][state]).find(([key]) => key === String(size))?.[1] ?? "" }))));
    expect(traySizes).toEqual([16, 24, 32]);
    for (const { size, address } of addresses) expect(pngSize(pngOf(address))).toEqual(square(size));
    expect(new Set(addresses.map(({ address }) => address)).size).toBe(27);
    expect(pngSize(pngOf(windowIcon))).toEqual(square(128));
  });

  it("are small", async () => {
    expect((await readFile(at("build/icons/callside.ico"))).length).toBeLessThan(20_000);
    expect((await readFile(at("build/icons/callside.icns"))).length).toBeLessThan(100_000);
    expect((await readFile(at("electron/desktop/icons.ts"))).length).toBeLessThan(20_000);
  });

  it("come from the mark as it is now", async () => {
    expect(await readFile(at("build/icons/callside.svg"), "utf8")).toBe(`${appMark(256)}\n`);
    expect(await readFile(at("renderer/index.html"), "utf8")).toContain(`<link rel="icon" href="${faviconAddress()}" />`);
  });
});

describe("the mark", () => {
  it("tells the tray's states by shape alone where the system gives the colour", () => {
    const shapes = trayStates.map((state) => trayMark(state, "template"));
    expect(new Set(shapes).size).toBe(trayStates.length);
    for (const shape of shapes) expect(new Set(shape.match(/#[0-9a-f]{6}/g))).toEqual(new Set(["#000000"]));
  });

  it("is plainer where it is small", () => {
    expect(appMark(24).length).toBeLessThan(appMark(32).length);
    expect(faviconAddress()).toMatch(/^data:image\/svg\+xml,[^"<>#]+$/);
  });
});

describe("the containers", () => {
  it("give back what was put in", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 0, max: 300 })), { maxLength: 12 }), (list) => {
        const pictures = list.map(([size, length]) => anyPng(size, length));
        expect(unpackIco(packIco(pictures))).toEqual(pictures);
      }),
    );
    const pictures = icnsSizes.map((size) => anyPng(size, size));
    const unpacked = unpackIcns(packIcns(pictures));
    expect(unpacked).toHaveLength(10);
    for (const { size, bytes } of unpacked) expect(bytes).toEqual(pictures.find((one) => one.size === size)?.bytes);
  });

  it("refuse what they cannot hold, and bytes that are something else", () => {
    expect(() => packIco([anyPng(512, 0)])).toThrow("512");
    expect(() => packIcns(icnsSizes.slice(1).map((size) => anyPng(size, 0)))).toThrow("16 pixels");
    expect(() => unpackIco(Buffer.from("RIFFxxxx"))).toThrow("no ICO");
    expect(() => unpackIcns(Buffer.from("icns0000"))).toThrow("no ICNS");
    expect(() => pngSize(Buffer.from("GIF89a, and then some more"))).toThrow("no PNG");
  });
});
