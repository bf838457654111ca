import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { icnsSizes, packIcns, packIco, type Png } from "./icon-containers.ts";
import { appMark, trayGrounds, trayMark, trayStates } from "./icon-marks.ts";
import { chunksOf, packPng } from "./png-chunks.ts";

/** The sizes in pixels that each system asks for. */
export const icoSizes: readonly number[] = [16, 20, 24, 32, 40, 48, 64, 128, 256];
export const linuxSizes: readonly number[] = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** A tray's icon on a screen of single, one and a half, and double density. */
export const traySizes: readonly number[] = [16, 24, 32];
const WINDOW_SIZE = 128;

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) await drawIcons();

/** Draws every icon in Chromium, so that no library for pictures is needed, and writes them where they are committed. */
async function drawIcons(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  const sizes = [...new Set([...icoSizes, ...linuxSizes, ...icnsSizes])];
  const pictures = await Promise.all(sizes.map((size) => draw(browser, appMark(size), size)));
  const ofSizes = (wanted: readonly number[]): readonly Png[] => pictures.filter(({ size }) => wanted.includes(size)).toSorted((a, b) => a.size - b.size);
  await mkdir(at("icons/linux"), { recursive: true });
  await writeFile(at("icons/callside.svg"), `${appMark(256)}\n`);
  await writeFile(at("icons/callside.ico"), packIco(ofSizes(icoSizes)));
  await writeFile(at("icons/callside.icns"), packIcns(ofSizes(icnsSizes)));
  for (const { size, bytes } of ofSizes(linuxSizes)) await writeFile(at(`icons/linux/${size}x${size}.png`), bytes);
  const [windowIcon] = ofSizes([WINDOW_SIZE]);
  if (windowIcon === undefined) throw new Error("the window's icon was not drawn");
  await writeFile(at("../electron/desktop/icons.ts"), await iconModule(browser, windowIcon));
}

/** The icons that the program itself shows, as a module: the package holds only what was built. */
async function iconModule(browser: Browser, windowIcon: Png): Promise<string> {
  const grounds = [];
  for (const ground of trayGrounds) {
    const states = [];
    for (const state of trayStates) {
      const drawn = await Promise.all(traySizes.map((size) => draw(browser, trayMark(state, ground), size)));
      states.push(`    ${state}: {\n${drawn.map(({ size, bytes }) => `      ${size}: "${dataAddress(bytes)}",`).join("\n")}\n    },`);
    }
    grounds.push(`  ${ground}: {\n${states.join("\n")}\n  },`);
  }
  return `// Drawn by build/draw-icons.ts; change build/icon-marks.ts and draw anew.

/**
 * The tray's icons as PNG, by what they stand on (\`template\`: macOS colours it), by the state they tell and by pixels: 16 for
 * a scale of 1, 24 for 1.5, 32 for 2.
 */
export const trayIcons = {
${grounds.join("\n")}
} as const;

/** The window's icon where the system takes it from the window (Linux); ${WINDOW_SIZE} pixels. */
export const windowIcon = "${dataAddress(windowIcon.bytes)}";
`;
}

function dataAddress(bytes: Buffer): string {
  return `data:image/png;base64,${bytes.toString("base64")}`;
}

/** One picture on a transparent ground. */
async function draw(browser: Browser, mark: string, size: number): Promise<Png> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  try {
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`);
    return { size, bytes: smaller(await page.screenshot({ omitBackground: true, type: "png" })) };
  } finally {
    await page.close();
  }
}

/** The same picture with the hardest compression, and only the chunks that make it up. */
function smaller(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const bodyOf = (wanted: string): Buffer => Buffer.concat(chunks.filter(({ type }) => type === wanted).map(({ body }) => body));
  return packPng([
    { type: "IHDR", body: bodyOf("IHDR") },
    { type: "IDAT", body: deflateSync(inflateSync(bodyOf("IDAT")), { level: 9, memLevel: 9 }) },
    { type: "IEND", body: bodyOf("IEND") },
  ]);
}
