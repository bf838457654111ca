import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { type CommandPorts, createCommands } from "../../electron/host/commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { builtPanel } from "./built-panel.ts";
import type { PanelHost } from "./panel-hosts.ts";
import { quietPorts } from "./quiet-ports.ts";

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A supervisor's window. */
export const wide: Viewport = { width: 1280, height: 800 };
/** The panel at the side of an agent's screen. */
export const docked: Viewport = { width: 400, height: 900 };

/** What the panels of a suite are shown with. */
export interface PanelStage {
  readonly browser: Browser;
  readonly files: StaticFiles;
}

/** Opens a browser for the suite that calls it, and the panel as it is shipped; both are there once its tests run. */
export function usePanelStage(): PanelStage {
  let stage: PanelStage | null = null;
  const open = (): PanelStage => {
    if (stage === null) throw new Error("the browser is there in hooks and tests only");
    return stage;
  };
  beforeAll(async () => {
    const files = await builtPanel();
    stage = { files, browser: await launchBrowser() };
  });
  afterAll(() => stage?.browser.close());
  return {
    get browser() {
      return open().browser;
    },
    get files() {
      return open().files;
    },
  };
}

export interface PanelPage extends AsyncDisposable {
  readonly page: Page;
  readonly publisher: Publisher;
  /** What the page complained of. */
  readonly pageErrors: readonly string[];
}

export interface PanelPageOptions {
  readonly stage: PanelStage;
  /** It ends with the page. */
  readonly publisher: Publisher;
  /** What is behind the commands; nothing unless given. */
  readonly ports?: Partial<CommandPorts>;
  readonly viewport?: Viewport;
}

/** Shows a panel in one of the hosts. */
export async function showPanelPage(host: PanelHost, { stage: { browser, files }, publisher, ports, viewport = docked }: PanelPageOptions): Promise<PanelPage> {
  const shown = await host.show({ browser, commands: createCommands(quietPorts(publisher, ports)), publisher, files, viewport });
  const { page } = shown;
  return {
    page,
    publisher,
    pageErrors: watchErrors(page),
    async [Symbol.asyncDispose]() {
      await shown[Symbol.asyncDispose]();
      await publisher[Symbol.asyncDispose]();
    },
  };
}

/** What a page complains of from now on. */
export function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}
