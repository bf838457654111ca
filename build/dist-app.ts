import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Arch, build, Platform } from "electron-builder";
import { parse, stringify } from "yaml";
import { assertNever } from "../shared/assert-never.ts";
import { builderConfig } from "./builder-config.ts";
import { isFeedFile, readUpdateKey, signFeeds } from "./feed-signing.ts";
import { electronVersion, sealAndCheck } from "./package-app.ts";
import type { PackagePlatform } from "./package-platform.ts";
import { planSigning } from "./signing.ts";
import { sourceVersion, stageApp } from "./stage-app.ts";

const run = promisify(execFile);

/** Where electron-builder fetches Electron and the tools that make installers. */
const SOURCE = "https://github.com/electron/electron/releases";
const PROBE_MS = 10_000;

export interface DistOptions {
  readonly directory: string;
  readonly unsigned: boolean;
  /** Percent of machines that take the update at first; null: all. */
  readonly stagingPercentage: number | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: PackagePlatform;
}

/** The installers of this platform. */
export interface Distribution {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Makes the installers of this platform, signed, or with `unsigned` for tests only: named so, and without a feed for updates.
 * Rejects before anything is built where keys are missing or there is no network, and later where a program is not as it should
 * be or a signature cannot be made.
 */
export async function distApp({ directory, unsigned, stagingPercentage, env, platform }: DistOptions): Promise<Distribution> {
  const plan = unsigned ? null : planSigning(platform, env);
  const updateKey = unsigned ? null : readUpdateKey(env);
  const feedLine = typeof updateKey === "string" ? [updateKey] : [];
  if (plan?.kind === "missing") {
    throw new Error(`The installers cannot be signed, so none are made. Missing:\n${[...plan.lines, ...feedLine].map((line) => `  ${line}`).join("\n")}\nFor a test: npm run dist -- --unsigned`);
  }
  if (unsigned && stagingPercentage !== null) throw new Error("--staging: found together with --unsigned; unsigned builds are not distributed, so allowed only without");
  if (plan?.gpgKey !== null && plan !== null) await checkGpgKey(plan.gpgKey);
  if (typeof updateKey === "string") throw new Error(`The feed for updates cannot be signed, so no installers are made.\n  ${updateKey}`);
  await checkNetwork();
  if (unsigned) hideKeys();

  const version = await sourceVersion();
  const staged = await stageApp({ directory, version: unsigned ? `${version}-unsigned` : version });
  const folder = join(directory, unsigned ? "unsigned" : "installers");
  await rm(folder, { recursive: true, force: true });
  const config = builderConfig({
    app: staged.folder,
    output: folder,
    electronVersion: await electronVersion(),
    // Fetched, with its checksum compared; never a stub.
    electronDist: null,
    signing: plan?.signing ?? null,
    updateUrl: plan?.updateUrl ?? null,
    onPacked: async (context) => {
      await sealAndCheck(context, { allowStub: false });
    },
  });
  await build({ targets: installerTargets(platform), config, publish: "never", projectDir: fileURLToPath(new URL("..", import.meta.url)) });
  if (stagingPercentage !== null) await stageRollout(folder, stagingPercentage);
  // Last of all that changes a feed.
  if (updateKey !== null) await signFeeds(folder, updateKey, platform);
  const made = await outputs(folder);
  if (plan !== null && plan.gpgKey !== null) for (const file of made) await signWithGpg(file, plan.gpgKey);
  return { folder, files: await outputs(folder) };
}

function installerTargets(platform: PackagePlatform): Map<Platform, Map<Arch, string[]>> {
  switch (platform) {
    case "win32":
      return Platform.WINDOWS.createTarget(["nsis", "msi"], Arch.x64, Arch.arm64);
    case "darwin":
      return Platform.MAC.createTarget(["dmg", "zip"], Arch.universal);
    case "linux":
      return Platform.LINUX.createTarget(["AppImage", "deb", "rpm"], Arch.x64);
    default:
      return assertNever(platform);
  }
}

async function checkNetwork(): Promise<void> {
  try {
    await fetch(SOURCE, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(PROBE_MS) });
  } catch {
    throw new Error(`The installers need Electron and tools from ${new URL(SOURCE).host}, and it does not answer from here. Without a network, npm run package makes the unpacked program.`);
  }
}

/** Keys that happen to be there must not sign a half of what is called unsigned. */
function hideKeys(): void {
  for (const name of ["CSC_LINK", "CSC_NAME", "WIN_CSC_LINK"]) delete process.env[name];
  process.env["CSC_IDENTITY_AUTO_DISCOVERY"] = "false";
}

async function checkGpgKey(key: string): Promise<void> {
  try {
    await run("gpg", ["--batch", "--list-secret-keys", "--", key]);
  } catch {
    throw new Error("CALLSIDE_GPG_KEY: gpg has no secret key of that id (or is not installed), so the packages cannot be signed and none are made");
  }
}

async function signWithGpg(file: string, key: string): Promise<void> {
  await run("gpg", ["--batch", "--yes", "--local-user", key, "--armor", "--detach-sign", "--output", `${file}.asc`, file]);
  await run("gpg", ["--batch", "--verify", `${file}.asc`, file]);
}

/** Writes into each feed which share of the machines takes it at first (electron-updater, "staged rollouts"). */
export async function stageRollout(folder: string, stagingPercentage: number): Promise<void> {
  const feeds = (await readdir(folder)).filter((name) => /^latest.*\.yml$/.test(name));
  if (feeds.length === 0) throw new Error("--staging: no feed (latest*.yml) was made that could say so");
  for (const name of feeds) {
    const feed: unknown = parse(await readFile(join(folder, name), "utf8"));
    if (typeof feed !== "object" || feed === null || !("version" in feed)) throw new Error(`${name}: is no feed for updates`);
    await writeFile(join(folder, name), stringify({ ...feed, stagingPercentage }, { lineWidth: 0 }));
  }
}

/** What is handed on: installers, what goes with them for updates, and signatures. */
async function outputs(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && (basename(entry.name).startsWith("Callside-") || isFeedFile(entry.name)))
    .map((entry) => join(folder, entry.name))
    .toSorted();
}
