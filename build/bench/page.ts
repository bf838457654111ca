import * as fs from "node:fs/promises";
import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import type { PanelDesk } from "../../electron/app/panel-desk.ts";
import { serveLoopback } from "../../electron/host/loopback.ts";
import { readStaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { launchBrowser } from "../browser.ts";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../build-renderer.ts";

/** The built panel in a real browser, on the loopback host. */
export interface ShownPage extends AsyncDisposable {
  readonly page: Page;
}

const DOCKED = { width: 400, height: 900 };

/** Opens the panel of `desk` in a browser window, of the docked size unless given, with `init` run in the page before anything else. */
export async function showPage(desk: Pick<PanelDesk, "publisher" | "commands">, init: () => void = () => {}, viewport = DOCKED): Promise<ShownPage> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const files = await readStaticFiles(rendererDirectory, fs);
  if (!files.ok) throw new Error(files.error.detail);
  await using opening = new AsyncDisposableStack();
  const loopback = opening.use(
    await serveLoopback({
      ...desk,
      files: files.value,
      clock: systemClock,
      random: (length) => randomBytes(length),
      onBug: (bug) => {
        throw new Error("a command failed by a bug", { cause: bug });
      },
    }),
  );
  const browser = opening.adopt(await launchBrowser(), (one) => one.close());
  const page = await browser.newPage({ viewport });
  await page.addInitScript(init);
  await page.goto(loopback.address());
  await page.locator("[data-painted]").waitFor({ state: "attached" });
  const open = opening.move();
  return { page, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
