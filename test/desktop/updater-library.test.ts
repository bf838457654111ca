import { EventEmitter } from "node:events";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createUpdatePackages, type UpdatePackages } from "../../electron/desktop/update-packages.ts";
import { openUpdater } from "../../electron/desktop/updater-library.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { Release } from "../../electron/updates/feed.ts";
import type { LoopbackHttp } from "../support/loopback-http.ts";
import { packageBytes, sampleRelease, sha512, updateServer, type Served } from "../support/signed-feed.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";

/** electron-updater itself, with its own classes for Windows and for AppImages; only its network is ours. */
describe.each([
  ["win32", "Callside-1.1.0-win-x64.exe"],
  ["linux", "Callside-1.1.0-linux-x86_64.AppImage"],
] as const)("electron-updater on %s", (platform, name) => {
  let folder = "";
  let server: LoopbackHttp;
  let packages: UpdatePackages;
  const served = new Map<string, Served>();
  const APPIMAGE = process.env["APPIMAGE"];

  const open = (): UpdatePackages =>
    createUpdatePackages({ platform, version: "1.0.0", configPath: join(folder, "app-update.yml"), folder: join(folder, "updates"), files: nodeFiles, fetch: globalThis.fetch, clock: systemClock });
  const release = (bytes: Uint8Array, more: Partial<Release> = {}): Release => sampleRelease({ files: [{ url: `${server.url}/${name}`, sha512: sha512(bytes), size: bytes.byteLength }], ...more });
  const load = (wanted: Release, signal = new AbortController().signal) => packages.load({ release: wanted, signal, onProgress: () => {} });
  const pending = () => readdir(join(folder, "updates", "callside-updater", "pending")).catch(() => []);

  beforeEach(async () => {
    const made = await tempDirectory();
    onTestFinished(() => made[Symbol.asyncDispose]());
    folder = made.path;
    await writeFile(join(folder, "app-update.yml"), "provider: generic\nurl: http://127.0.0.1:1/never-asked\nupdaterCacheDirName: callside-updater\n");
    await writeFile(join(folder, "Callside.AppImage"), "the old program");
    process.env["APPIMAGE"] = join(folder, "Callside.AppImage");
    served.clear();
    server = await updateServer(served);
    packages = open();
  });
  afterEach(() => {
    if (APPIMAGE === undefined) delete process.env["APPIMAGE"];
    else process.env["APPIMAGE"] = APPIMAGE;
  });

  it("takes the release that it is told, and asks no server for a feed of its own", async () => {
    const bytes = packageBytes(50_000);
    served.set(name, bytes);
    const seen: number[] = [];
    expect(await packages.load({ release: release(bytes), signal: new AbortController().signal, onProgress: (percent) => void seen.push(percent) })).toEqual({ ok: true, value: null });
    expect(server.requests.map(({ path }) => path)).toEqual([`/${name}`]);
    expect(seen.at(-1)).toBe(100);
    expect(await packages.isWhole()).toBe(true);
    expect(new Set(await pending())).toEqual(new Set([name, "update-info.json"]));
  });

  it("does not load again what was loaded before, even by a program that has ended since", async () => {
    const bytes = packageBytes(50_000);
    served.set(name, bytes);
    await load(release(bytes));
    packages = open();
    expect(await load(release(bytes))).toEqual({ ok: true, value: null });
    expect(server.requests).toHaveLength(1);
    expect(await packages.isWhole()).toBe(true);
  });

  it("does not trust what lies there: a package that was changed on the disk is loaded again", async () => {
    const bytes = packageBytes(50_000);
    served.set(name, bytes);
    await load(release(bytes));
    const path = join(folder, "updates", "callside-updater", "pending", name);
    await writeFile(path, packageBytes(50_000, "changed"));
    expect(await packages.isWhole()).toBe(false);
    // In one and the same run electron-updater only looks whether the file is there; the hash is then our own matter.
    expect(await load(release(bytes))).toEqual({ ok: false, error: { kind: "checksum", version: "1.1.0" } });
    packages = open();
    expect(await load(release(bytes))).toEqual({ ok: true, value: null });
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it("keeps nothing of a package whose SHA-512 is another", async () => {
    served.set(name, packageBytes(50_000, "swapped"));
    expect(await load(release(packageBytes(50_000)))).toEqual({ ok: false, error: { kind: "checksum", version: "1.1.0" } });
    expect(await pending()).toEqual([]);
    expect(await packages.isWhole()).toBe(false);
  });

  it("says why a package did not come, and takes it when it does", async () => {
    const bytes = packageBytes(50_000);
    served.set(name, 503);
    expect(await load(release(bytes))).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "server-error" } } });
    served.set(name, bytes);
    expect(await load(release(bytes))).toEqual({ ok: true, value: null });
  });

  it("stops when it is told to", async () => {
    served.set(name, (_request, response) => {
      response.writeHead(200).write("x");
    });
    const stop = new AbortController();
    const loading = load(release(packageBytes(50_000)), stop.signal);
    await until(() => server.requests.length === 1);
    stop.abort();
    expect(await loading).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "aborted" } } });
  });

  it("leaves a release alone that needs a newer system", async () => {
    expect(await load(release(packageBytes(10), { minimumSystemVersion: "999.0.0" }))).toEqual({ ok: false, error: { kind: "system", version: "1.1.0" } });
    expect(server.requests).toEqual([]);
  });
});

/** Electron's own updater in the place of the module `electron`, until the test ends. */
function playElectron(): void {
  Reflect.set(globalThis, "playedAutoUpdater", new EventEmitter());
  const hooks = registerHooks({
    resolve: (specifier, context, next) => (specifier === "electron" ? { url: "stand-in:electron", format: "commonjs", shortCircuit: true } : next(specifier, context)),
    load: (url, context, next) => (url === "stand-in:electron" ? { source: "exports.autoUpdater = globalThis.playedAutoUpdater;", format: "commonjs", shortCircuit: true } : next(url, context)),
  });
  onTestFinished(() => {
    hooks.deregister();
    Reflect.deleteProperty(globalThis, "playedAutoUpdater");
  });
}

it.each(["win32", "darwin", "linux"] as const)("electron-updater does nothing by itself on %s: no load, no install at the end, no differences, no way back", async (platform) => {
  playElectron();
  const app = { version: "1.0.0", name: "callside", isPackaged: true, appUpdateConfigPath: "", userDataPath: "", baseCachePath: "", whenReady: async () => {}, relaunch: () => {}, quit: () => {}, onQuit: () => {} };
  const updater = await openUpdater({ platform, app, download: async () => {}, release: () => sampleRelease() });
  const flags = ["autoDownload", "autoInstallOnAppQuit", "allowDowngrade", "autoRunAppAfterInstall", "disableDifferentialDownload", "disableWebInstaller"];
  expect(flags.map((flag) => Reflect.get(updater, flag) as unknown)).toEqual([false, false, false, true, true, true]);
});

/** An AppImage is a file that is run, so here it is really put in the place of the old one and started. */
describe.runIf(process.platform === "linux")("an AppImage", () => {
  it("takes the place of the old one, and starts", async () => {
    const made = await tempDirectory();
    onTestFinished(() => made[Symbol.asyncDispose]());
    const image = join(made.path, "bin", "Callside.AppImage");
    const before = process.env["APPIMAGE"];
    process.env["APPIMAGE"] = image;
    playElectron();
    onTestFinished(() => {
      if (before === undefined) delete process.env["APPIMAGE"];
      else process.env["APPIMAGE"] = before;
    });
    await mkdir(join(made.path, "bin"));
    await writeFile(image, "#!/bin/sh\nexit 1\n");
    await chmod(image, 0o755);
    await writeFile(join(made.path, "app-update.yml"), "updaterCacheDirName: callside-updater\n");
    const started = join(made.path, "started");
    const bytes = Buffer.from(`#!/bin/sh\necho new > '${started}'\n`);
    const server = await updateServer(new Map([["Callside-1.1.0-linux-x86_64.AppImage", bytes]]));
    const packages = createUpdatePackages({ platform: "linux", version: "1.0.0", configPath: join(made.path, "app-update.yml"), folder: join(made.path, "updates"), files: nodeFiles, fetch: globalThis.fetch, clock: systemClock });
    const wanted = sampleRelease({ files: [{ url: `${server.url}/Callside-1.1.0-linux-x86_64.AppImage`, sha512: sha512(bytes), size: bytes.length }] });
    expect(await packages.load({ release: wanted, signal: new AbortController().signal, onProgress: () => {} })).toEqual({ ok: true, value: null });
    expect(await readFile(image, "utf8")).toContain("exit 1");

    expect(await packages.install()).toEqual({ ok: true, value: null });
    expect(await readFile(image, "utf8")).toBe(bytes.toString());
    expect((await stat(image)).mode & 0o111).not.toBe(0);
    await expect.poll(() => readFile(started, "utf8").catch(() => "")).toBe("new\n");
    expect(await packages.isWhole()).toBe(false);
  });

  it("stays what it was where the new one cannot be put there", async () => {
    const made = await tempDirectory();
    onTestFinished(() => made[Symbol.asyncDispose]());
    await writeFile(join(made.path, "app-update.yml"), "updaterCacheDirName: callside-updater\n");
    const before = process.env["APPIMAGE"];
    process.env["APPIMAGE"] = join(made.path, "gone", "Callside.AppImage");
    onTestFinished(() => {
      if (before === undefined) delete process.env["APPIMAGE"];
      else process.env["APPIMAGE"] = before;
    });
    const bytes = packageBytes(100);
    const server = await updateServer(new Map([["a.AppImage", bytes]]));
    const packages = createUpdatePackages({ platform: "linux", version: "1.0.0", configPath: join(made.path, "app-update.yml"), folder: join(made.path, "updates"), files: nodeFiles, fetch: globalThis.fetch, clock: systemClock });
    await packages.load({ release: sampleRelease({ files: [{ url: `${server.url}/a.AppImage`, sha512: sha512(bytes), size: 100 }] }), signal: new AbortController().signal, onProgress: () => {} });
    const outcome = await packages.install();
    expect(outcome).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "disk" } } });
    expect(JSON.stringify(outcome)).not.toContain(made.path);
  });
});
