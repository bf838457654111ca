import { once } from "node:events";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import type * as Electron from "electron";
import { launchBrowser } from "../../build/browser.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electron-stand-in.ts";

/**
 * Runs a packaged program's main file as Electron would, with the stand-in in Electron's place: `node packaged-run.ts MAIN [ARGUMENT...]`.
 * Prints one line of JSON about the panel that it showed, then quits and lets the program end by itself.
 */
const [main] = process.argv.slice(2);
if (main === undefined) throw new Error("which main file?");
process.argv.splice(1, 2);

await using stack = new AsyncDisposableStack();
const browser = stack.adopt(await launchBrowser(), (one) => one.close());
const standIn = stack.use(createElectronStandIn(browser));
const exited = Promise.withResolvers<number>();
process.once("unhandledRejection", exited.reject);

Reflect.set(globalThis, "electronStandIn", withMain(standIn.electron, exited.resolve));
registerHooks({
  resolve: (specifier, context, next) => (specifier === "electron" ? { url: "stand-in:electron", format: "module", shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => (url === "stand-in:electron" ? { source: electronModule(standIn), format: "module", shortCircuit: true } : next(url, context)),
});

await import(pathToFileURL(main).href);
const page = await firstPage(standIn);
await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
// The call begins when its platform is connected.
await page.waitForFunction(`(async () => (await callside["panel.snapshot"]({})).value.state.interactions.length > 0)()`);
const mode: unknown = await page.evaluate(`callside["panel.snapshot"]({}).then((reply) => reply.value.state.settings.mode)`);
const scripts = await page.evaluate(() => [...document.scripts].map((script) => script.src));
const text = await page.evaluate(() => document.body.innerText);
process.stdout.write(`${JSON.stringify({ mode, scripts, text, errorBoxes: standIn.errorBoxes })}\n`);
// With an icon in the tray the program goes on without its window; quitting ends it.
standIn.app.emit("before-quit", { preventDefault: () => {} });
process.exitCode = await exited.promise;

/** Electron's own names as a module's: what is not faked is not there. */
function electronModule(shown: ElectronStandIn): string {
  const names = shown.faked().flatMap((member) => (member.startsWith("electron.") ? [member.slice("electron.".length)] : []));
  return [...names, "safeStorage", "crashReporter"].map((name) => `export const ${name} = globalThis.electronStandIn.${name};`).join("\n");
}

/**
 * What main.ts alone asks of Electron, besides what the stand-in fakes: the program ends by `app.exit`, which here ends what
 * waits for it; crash dumps go to a folder; the system's key store is locked.
 */
function withMain(electron: typeof Electron, exit: (code: number) => void): unknown {
  const app = overlaid(electron.app, { exit, setPath: () => {} });
  const safeStorage = { getSelectedStorageBackend: () => "basic_text" as const, isAsyncEncryptionAvailable: async () => false };
  return overlaid<object>(electron, { app, safeStorage, crashReporter: { start: () => {} } });
}

function overlaid<T extends object>(under: T, members: Partial<T> & object): T {
  return new Proxy(under, {
    get: (target, member, receiver) => (Object.hasOwn(members, member) ? Reflect.get(members, member) : Reflect.get(target, member, receiver)) as unknown,
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
