import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createBuilder } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { createUpdatePackages } from "../../electron/desktop/update-packages.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { packageBytes, sampleRelease, sha512, updateServer, type Served } from "../support/signed-feed.ts";

interface Built {
  readonly createUpdatePackages: typeof createUpdatePackages;
}

let directory = "";
let built: Built;

/** Builds what loads packages as the program is built, and takes it from what came out. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-lean-"));
  const builder = await createBuilder({
    configFile: fileURLToPath(new URL("../../build/vite.config.ts", import.meta.url)),
    logLevel: "warn",
    plugins: [
      {
        name: "packages-alone",
        configEnvironment(name, options) {
          if (name !== "main") return;
          const input = { packages: fileURLToPath(new URL("../../electron/desktop/update-packages.ts", import.meta.url)) };
          options.build = { ...options.build, outDir: join(directory, "out"), sourcemap: false, rolldownOptions: { ...options.build?.rolldownOptions, input } };
        },
      },
    ],
  });
  const main = builder.environments["main"];
  if (main === undefined) throw new Error("the build has no environment main");
  await builder.build(main);
  await writeFile(join(directory, "out/package.json"), `{"type":"module"}`);
  built = (await import(pathToFileURL(join(directory, "out/packages.js")).href)) as Built;
}, 60_000);
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

it("still loads a package once it is built, and takes no other than the one that is meant", async () => {
  const bytes = packageBytes(30_000);
  await writeFile(join(directory, "app-update.yml"), "provider: generic\nurl: https://updates.example.com\nupdaterCacheDirName: callside-updater\n");
  const served = new Map<string, Served>([["Callside.exe", packageBytes(30_000, "swapped")]]);
  const server = await updateServer(served);
  const packages = built.createUpdatePackages({ platform: "win32", version: "1.0.0", configPath: join(directory, "app-update.yml"), folder: join(directory, "updates"), files: nodeFiles, fetch: globalThis.fetch, clock: systemClock });
  const release = sampleRelease({ files: [{ url: `${server.url}/Callside.exe`, sha512: sha512(bytes), size: bytes.length }] });
  const load = () => packages.load({ release, signal: new AbortController().signal, onProgress: () => {} });
  expect(await load()).toEqual({ ok: false, error: { kind: "checksum", version: "1.1.0" } });
  served.set("Callside.exe", bytes);
  expect(await load()).toEqual({ ok: true, value: null });
  expect((await readFile(join(directory, "updates/callside-updater/pending/Callside.exe"))).equals(bytes)).toBe(true);
});

it("has electron-updater in files of its own, and Electron asked for only when it is used", async () => {
  const files = await readdir(join(directory, "out"));
  const texts = await Promise.all(files.filter((name) => name.endsWith(".js")).map(async (name) => [name, await readFile(join(directory, "out", name), "utf8")] as const));
  expect(texts.find(([name]) => name === "packages.js")?.[1]).not.toContain("quitAndInstallCalled");
  const library = texts.filter(([, text]) => text.includes("quitAndInstallCalled"));
  expect(library.length).toBeGreaterThan(0);
  for (const [name, text] of texts) {
    expect(text, name).not.toMatch(/^import .*["']electron["']/m);
    expect(text, name).not.toContain("api.github.com");
    expect(text, name).not.toContain("graceful-fs");
  }
});
