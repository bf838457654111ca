import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Arch, build, Platform, type AfterPackContext } from "electron-builder";
import { builderConfig } from "./builder-config.ts";
import { electronBinary } from "./electron-binary.ts";
import { fuseProblems, fuseReport, setFuses } from "./fuse-wire.ts";
import { archiveProblems, headerHash, ownPart, packedFiles } from "./package-content.ts";
import { packagePlatform, type PackagePlatform } from "./package-platform.ts";
import { sourceVersion, stageApp, type StagedApp } from "./stage-app.ts";
import { makeStubElectron, STUB_MARK } from "./stub-electron.ts";

/** An unpacked program, read back. */
export interface Unpacked {
  readonly platform: PackagePlatform;
  /** Whether a stub stands in the place of Electron. */
  readonly stub: boolean;
  readonly folder: string;
  /** The executable, or the `.app`. */
  readonly program: string;
  readonly archive: string;
  /** Everything in the archive, in bytes. */
  readonly ownPart: number;
  readonly fileCount: number;
  /** How each fuse stands, in words. */
  readonly fuses: readonly string[];
  /** How the archive is protected on this platform, in words. */
  readonly integrity: string;
}

const electronPackage = fileURLToPath(new URL("../node_modules/electron", import.meta.url));

/** The version of the Electron that is installed as a package, whether or not its binary is. */
export async function electronVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(electronPackage, "package.json"), "utf8")) as { readonly version: string };
  return version;
}

export interface PackageOptions {
  /** Everything is made below it. */
  readonly directory: string;
  readonly platform: PackagePlatform;
  /** Takes the stub even where Electron's binary is there. */
  readonly stub: boolean;
  /** What goes in, where it has been built already. */
  readonly staged?: StagedApp;
}

/**
 * Builds everything and makes the unpacked program of a platform, without any network: from Electron's own binary where it
 * has been fetched for this very platform, else from a stub. Rejects with all that was wrong in what came out.
 */
export async function packageApp({ directory, platform, stub, staged }: PackageOptions): Promise<Unpacked> {
  const ownElectron = !stub && platform === process.platform && electronBinary(electronPackage) !== null ? join(electronPackage, "dist") : null;
  const stubDirectory = join(directory, "stub-electron");
  if (ownElectron === null) await makeStubElectron(stubDirectory, platform);
  const { folder: app } = staged ?? (await stageApp({ directory, version: await sourceVersion() }));
  const output = join(directory, "unpacked");
  await rm(output, { recursive: true, force: true });
  let found: Unpacked | null = null;
  const config = builderConfig({
    app,
    output,
    electronVersion: await electronVersion(),
    electronDist: ownElectron ?? stubDirectory,
    signing: null,
    updateUrl: null,
    onPacked: async (context) => {
      found = await sealAndCheck(context, { allowStub: true });
    },
  });
  await build({ targets: targetsOf(platform, ["dir"]), config, publish: "never", projectDir: fileURLToPath(new URL("..", import.meta.url)) });
  if (found === null) throw new Error("the packager made nothing that could be read back");
  return found;
}

function targetsOf(platform: PackagePlatform, kinds: readonly string[]): Map<Platform, Map<Arch, string[]>> {
  const builderPlatform = { win32: Platform.WINDOWS, darwin: Platform.MAC, linux: Platform.LINUX }[platform];
  return builderPlatform.createTarget([...kinds], process.arch === "arm64" ? Arch.arm64 : Arch.x64);
}

/**
 * Sets the fuses of a program that has just been packed, before anybody signs it, and reads everything back. The two halves
 * of a universal program of macOS are left for when they are one.
 */
export async function sealAndCheck(context: AfterPackContext, { allowStub }: { readonly allowStub: boolean }): Promise<Unpacked | null> {
  const { appOutDir, electronPlatformName, packager } = context;
  if (/-(x64|arm64)-temp$/.test(appOutDir)) return null;
  const platform = packagePlatform(electronPlatformName, "the packager's platform");
  const name = packager.appInfo.productFilename;
  const { program, resources, inner } = {
    linux: { program: join(appOutDir, "callside"), resources: join(appOutDir, "resources"), inner: appOutDir },
    win32: { program: join(appOutDir, `${name}.exe`), resources: join(appOutDir, "resources"), inner: appOutDir },
    darwin: { program: join(appOutDir, `${name}.app`), resources: join(appOutDir, `${name}.app`, "Contents", "Resources"), inner: join(appOutDir, `${name}.app`, "Contents", "Resources") },
  }[platform];
  const stub = existsSync(join(inner, STUB_MARK));
  if (stub && !allowStub) throw new Error("a stub in the place of Electron must not be distributed");
  await setFuses(program, { adHoc: platform === "darwin" && process.platform === "darwin" && !stub });
  const archive = join(resources, "app.asar");
  const integrity = await integrityProblems(platform, program, archive);
  const problems = [
    ...(await fuseProblems(program)),
    ...archiveProblems(archive),
    ...(existsSync(join(resources, "app")) ? ["resources/app: a folder beside the archive, which could stand in for it"] : []),
    ...(existsSync(`${archive}.unpacked`) ? ["app.asar.unpacked: files outside of the archive are not checked"] : []),
    ...integrity.problems,
  ];
  if (problems.length > 0) throw new Error(`The package is not as it should be:\n${problems.map((one) => `  ${one}`).join("\n")}`);
  const files = packedFiles(archive);
  return { platform, stub, folder: appOutDir, program, archive, ownPart: ownPart(files), fileCount: files.length, fuses: await fuseReport(program), integrity: integrity.words };
}

/** Electron compares the archive with a hash in the program itself: in Info.plist, or in a resource (its asar-integrity.md). */
async function integrityProblems(platform: PackagePlatform, program: string, archive: string): Promise<{ readonly problems: readonly string[]; readonly words: string }> {
  const holder = { linux: null, win32: program, darwin: join(program, "Contents", "Info.plist") }[platform];
  if (holder === null) return { problems: [], words: "the archive's own hashes are right; on Linux Electron does not check them, so the package's signature has to" };
  const found = (await readFile(holder)).includes(headerHash(archive));
  return { problems: found ? [] : [`${holder}: does not hold the hash of app.asar`], words: "the program holds the archive's hash, and Electron checks it at start" };
}

