import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { extractAll, extractFile } from "@electron/asar";
import type { AfterPackContext } from "electron-builder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fuseProblems } from "../../build/fuse-wire.ts";
import { packageApp, sealAndCheck, type Unpacked } from "../../build/package-app.ts";
import { headerHash, OWN_PART_LIMIT } from "../../build/package-content.ts";
import { packagePlatform, packagePlatforms, type PackagePlatform } from "../../build/package-platform.ts";
import { stageApp, type StagedApp } from "../../build/stage-app.ts";

const run = promisify(execFile);

let directory = "";
let staged: StagedApp;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-packaged-"));
  staged = await stageApp({ directory, version: "1.2.3" });
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const make = (platform: PackagePlatform): Promise<Unpacked> => packageApp({ directory: join(directory, platform), platform, stub: true, staged });

// The packager makes nothing for macOS on Windows.
it.each(packagePlatforms.filter((platform) => platform !== "darwin" || process.platform !== "win32"))(
  "makes the unpacked program for %s from a stub, without a network, with its fuses set and the archive's hash in it",
  async (platform) => {
    const made = await make(platform);
    expect(made.stub).toBe(true);
    expect(made.ownPart).toBeGreaterThan(1_000_000);
    expect(made.ownPart).toBeLessThanOrEqual(OWN_PART_LIMIT);
    expect(await fuseProblems(made.program)).toEqual([]);
    // Only where Electron compares it: on Linux it does not.
    const holder = { linux: null, win32: made.program, darwin: join(made.program, "Contents/Info.plist") }[platform];
    if (holder !== null) expect((await readFile(holder)).includes(headerHash(made.archive))).toBe(true);
    const { version, main, dependencies } = JSON.parse(extractFile(made.archive, "package.json").toString()) as Readonly<Record<string, unknown>>;
    expect({ version, main, dependencies }).toEqual({ version: "1.2.3", main: "main/main.js", dependencies: undefined });
    if (platform === "darwin") expect(await readFile(join(made.program, "Contents/Info.plist"), "utf8")).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>callside<\/string>/);
  },
);

it("names in the package the licence of everything that is bundled, and of nothing that is not", async () => {
  const notices = await readFile(join(staged.folder, "third-party-notices.txt"), "utf8");
  for (const name of ["react", "zod", "ws", "undici", "zustand"]) expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, "m"));
  expect(notices).toMatch(/^@jmespath-community\/jmespath \d[\d.]* \(MPL-2\.0\)\nSource: https:/m);
  for (const name of ["vitest", "typescript", "electron-builder", "playwright-core", "@napi-rs/keyring"]) expect(notices).not.toContain(`\n${name} `);
});

it("keeps source maps apart, so that a crash report can still be read", async () => {
  const maps = await readdir(staged.maps, { recursive: true });
  expect(maps).toEqual(expect.arrayContaining([expect.stringMatching(/main\.js\.map$/), expect.stringMatching(/index-.*\.js\.map$/)]));
});

it("does not hand on a program that a stub stands in for", async () => {
  const { folder } = await make("linux");
  const context = { appOutDir: folder, electronPlatformName: "linux", packager: { appInfo: { productFilename: "Callside" } } } as unknown as AfterPackContext;
  await expect(sealAndCheck(context, { allowStub: false })).rejects.toThrow("must not be distributed");
});

it("does not take a program with something beside its archive, or with an archive that was changed", async () => {
  const { folder, archive } = await make("linux");
  const context = { appOutDir: folder, electronPlatformName: "linux", packager: { appInfo: { productFilename: "Callside" } } } as unknown as AfterPackContext;
  await mkdir(join(folder, "resources/app"));
  const bytes = await readFile(archive);
  bytes.write("X", bytes.length - 1, "latin1");
  await writeFile(archive, bytes);
  await expect(sealAndCheck(context, { allowStub: true })).rejects.toThrow(/is not what the archive's hash says\n.*resources\/app: a folder beside the archive/s);
});

it("starts from the archive alone and shows a practice call, under the stand-in for Electron", async () => {
  const made = await make(packagePlatform(process.platform, "this system"));
  const app = join(directory, "extracted");
  extractAll(made.archive, app);
  // Where a checkout has what builds the panel: an installed program must not run it.
  const planted = join(directory, "build/build-renderer.ts");
  await mkdir(dirname(planted), { recursive: true });
  await writeFile(planted, `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(join(directory, "ran"))}, "");`);
  const home = join(directory, "home");
  // As the installer on Windows starts it after an update, and an AppImage where there are no namespaces.
  const added = ["--updated", "--no-sandbox"];
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL("../support/packaged-run.ts", import.meta.url)), join(app, "main/main.js"), ...added], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      ...(process.env["CHROME_PATH"] === undefined ? {} : { CHROME_PATH: process.env["CHROME_PATH"] }),
      HOME: home,
      APPDATA: home,
      LOCALAPPDATA: home,
    },
    timeout: 100_000,
  });
  const shown = stdout.split("\n").find((line) => line.startsWith('{"mode"'));
  expect(JSON.parse(shown ?? "null")).toMatchObject({
    mode: "practice",
    scripts: [expect.stringMatching(/\/assets\/index-.*\.js$/)],
    text: expect.stringMatching(/practice/i),
    errorBoxes: [],
  });
  expect(await readdir(directory)).not.toContain("ran");
});
