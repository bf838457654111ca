import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { createBuilder } from "vite";
import type { Commands } from "../../electron/host/commands.ts";
import { openDesktop, startDesktop, type Desktop } from "../../electron/desktop/desktop.ts";
import type { DesktopProgram } from "../../electron/desktop/desktop-ports.ts";
import { serveLoopback } from "../../electron/host/loopback.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { sampleProgram } from "./desktop-parts.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electron-stand-in.ts";

export interface ShowOptions {
  readonly browser: Browser;
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly files: StaticFiles;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Whether the desktop program is started in the background. */
  readonly hidden?: boolean;
}

/** A panel on screen. */
export interface ShownPanel extends AsyncDisposable {
  readonly page: Page;
}

/** One of the two ways in which the panel is shown, for suites that hold for both. */
export interface PanelHost {
  readonly name: "loopback" | "desktop";
  show(options: ShowOptions): Promise<ShownPanel>;
}

const DEFAULT_VIEWPORT = { width: 400, height: 900 };

function fail(error: unknown): never {
  throw new Error("a command failed by a bug", { cause: error });
}

/** The loopback host, with Chromium as the browser on this machine. */
export const loopbackHost: PanelHost = {
  name: "loopback",
  async show({ browser, commands, publisher, files, viewport = DEFAULT_VIEWPORT }) {
    await using opening = new AsyncDisposableStack();
    const loopback = opening.use(
      await serveLoopback({ commands, publisher, files, clock: systemClock, random: randomBytes, onBug: fail }),
    );
    const context = await browser.newContext({ viewport });
    opening.defer(() => context.close());
    const page = await context.newPage();
    await page.goto(loopback.address());
    const open = opening.move();
    return { page, [Symbol.asyncDispose]: () => open.disposeAsync() };
  },
};

/** The desktop host's own code, on the stand-in for Electron. */
export interface ShownDesktop extends ShownPanel {
  readonly standIn: ElectronStandIn;
  readonly desktop: Desktop;
}

export async function showDesktop({ browser, commands, publisher, files, viewport, hidden = false }: ShowOptions, program: Partial<DesktopProgram> = {}): Promise<ShownDesktop> {
  await using opening = new AsyncDisposableStack();
  const standIn = opening.use(createElectronStandIn(browser));
  if (startDesktop(standIn.electron) !== "first") throw new Error("the stand-in said that it is the first instance");
  const preloadPath = await buildPreload();
  const dataFolder = opening.adopt(await mkdtemp(join(tmpdir(), "callside-desktop-")), (folder) => rm(folder, { recursive: true, force: true }));
  const desktop = opening.use(
    await openDesktop(standIn.electron, { program: sampleProgram({ publisher, commands, dataFolder, ...program }), files, preloadPath, devTools: false, hidden }),
  );
  const page = await standIn.windows[0]?.page();
  if (page === undefined) throw new Error("the desktop host opened no window");
  if (viewport !== undefined) await page.setViewportSize(viewport);
  const open = opening.move();
  return { page, standIn, desktop, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

export const desktopHost: PanelHost = { name: "desktop", show: (options) => showDesktop(options) };

let preload: Promise<string> | null = null;

/** Builds the preload script as it is shipped, once per test file, and gives its path. */
export function buildPreload(): Promise<string> {
  preload ??= (async () => {
    const configFile = fileURLToPath(new URL("../../build/vite.config.ts", import.meta.url));
    const builder = await createBuilder({ configFile, logLevel: "warn" });
    const environment = builder.environments["preload"];
    if (environment === undefined) throw new Error("the Vite configuration has no preload environment");
    await builder.build(environment);
    return fileURLToPath(new URL("../../build/out/preload/preload.cjs", import.meta.url));
  })();
  return preload;
}
