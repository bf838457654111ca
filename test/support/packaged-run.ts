import { once } from "node:events";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import type * as Electron from "electron";
import { launchBrowser } from "../../build/browser.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electron-stand-in.ts";

/**
 * Runs a packaged program's main file as Electron would, with the stand-in in Electron's place: `node packaged-run.ts MAIN`.
 * Prints one line of JSON about the panel that it showed, then closes the window and lets the program end by itself.
 */
const [main] = process.argv.slice(2);
if (main === undefined) throw new Error("which main file?");
process.argv.splice(1);

await using stack = new AsyncDisposableStack();
const browser = stack.adopt(await launchBrowser(), (one) => one.close());
const standIn = stack.use(createElectronStandIn(browser));
const exited = Promise.withResolvers<number>();
process.once("unhandledRejection", exited.reject);

Reflect.set(globalThis, "electronStandIn", withExit(standIn.electron, exited.resolve));
registerHooks({
  resolve: (specifier, context, next) => (specifier === "electron" ? { url: "stand-in:electron", format: "module", shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => (url === "stand-in:electron" ? { source: electronModule(standIn), format: "module", shortCircuit: true } : next(url, context)),
});

await import(pathToFileURL(main).href);
const page = await firstPage(standIn);
await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
// The call begins when its platform is connected.
await page.waitForFunction(`(async () => (await callside["panel.snapshot"]({})).value.state.interactions.length > 0)()`);
const reply: unknown = await page.evaluate(`callside["panel.snapshot"]({})`);
const scripts = await page.evaluate(() => [...document.scripts].map((script) => script.src));
const text = await page.evaluate(() => document.body.innerText);
process.stdout.write(`${JSON.stringify({ reply, scripts, text, errorBoxes: standIn.errorBoxes })}\n`);
standIn.windows[0]?.close();
process.exitCode = await exited.promise;

/** Electron's own names as a module's: what is not faked is not there. */
function electronModule(shown: ElectronStandIn): string {
  const names = shown.faked().flatMap((member) => (member.startsWith("electron.") ? [member.slice("electron.".length)] : []));
  return [...names, "safeStorage"].map((name) => `export const ${name} = globalThis.electronStandIn.${name};`).join("\n");
}

/** The program ends by `app.exit`; here that ends what waits for it. The system's key store is locked. */
function withExit(electron: typeof Electron, exit: (code: number) => void): unknown {
  const app = new Proxy(electron.app, {
    get: (target, member, receiver) => (member === "exit" ? exit : (Reflect.get(target, member, receiver) as unknown)),
  });
  const safeStorage = { getSelectedStorageBackend: () => "basic_text", isAsyncEncryptionAvailable: async () => false };
  return new Proxy(electron, {
    get(target, member, receiver) {
      if (member === "app") return app;
      return member === "safeStorage" ? safeStorage : (Reflect.get(target, member, receiver) as unknown);
    },
  });
}

async function firstPage(shown: ElectronStandIn): ReturnType<ElectronStandIn["windows"][number]["page"]> {
  // The program is not ours to wait for: it goes on when a window has been made.
  while (shown.windows[0] === undefined) {
    if (shown.errorBoxes.length > 0) throw new Error(JSON.stringify(shown.errorBoxes));
    await once(shown.app, "web-contents-created");
  }
  return shown.windows[0].page();
}
