import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { distApp, stageRollout } from "../../build/dist-app.ts";
import type { PackagePlatform } from "../../build/package-platform.ts";
import { parseStaging, planSigning } from "../../build/signing.ts";

const url = { CALLSIDE_UPDATE_URL: "https://updates.example.com/callside" };
const windows = { ...url, WIN_CSC_LINK: "/keys/callside.pfx", WIN_CSC_KEY_PASSWORD: "the password" };
const azure = {
  ...url,
  CALLSIDE_AZURE_ENDPOINT: "https://weu.codesigning.azure.net",
  CALLSIDE_AZURE_PROFILE: "profile",
  CALLSIDE_AZURE_ACCOUNT: "account",
  CALLSIDE_AZURE_PUBLISHER: "publisher",
  AZURE_TENANT_ID: "tenant",
  AZURE_CLIENT_ID: "client",
  AZURE_CLIENT_SECRET: "the secret",
};
const mac = { ...url, CSC_LINK: "/keys/callside.p12", CSC_KEY_PASSWORD: "the password", APPLE_API_KEY: "/keys/a.p8", APPLE_API_KEY_ID: "id", APPLE_API_ISSUER: "issuer" };
const linux = { ...url, CALLSIDE_GPG_KEY: "0xABCDEF" };

/** The variables that a plan misses, in its order. */
function missing(platform: PackagePlatform, env: Readonly<Record<string, string>>): readonly string[] {
  const plan = planSigning(platform, env);
  return plan.kind === "missing" ? plan.lines.map((line) => line.split(/[:( ]/)[0] ?? "") : [];
}

describe("signing", () => {
  it.each([
    ["win32", windows],
    ["win32", azure],
    ["darwin", mac],
    ["linux", linux],
  ] as const)("is ready on %s when everything is there, and with any one thing less it is not", (platform, env) => {
    expect(planSigning(platform, env)).toMatchObject({ kind: "ready", updateUrl: url.CALLSIDE_UPDATE_URL });
    for (const name of Object.keys(env)) {
      expect(missing(platform, Object.fromEntries(Object.entries(env).filter(([key]) => key !== name)))).toEqual([name]);
      expect(missing(platform, { ...env, [name]: " " })).toEqual([name]);
    }
  });

  it("names everything that is missing at once, with where it goes", () => {
    expect(missing("darwin", {})).toEqual(["CALLSIDE_UPDATE_URL", "CSC_LINK", "APPLE_API_KEY", "APPLE_API_KEY_ID", "APPLE_API_ISSUER"]);
    const plan = planSigning("win32", {});
    expect(plan.kind === "missing" ? plan.lines.join("\n") : "").toMatch(/WIN_CSC_LINK \(or CSC_LINK\): missing.*environment[^]*AZURE_TENANT_ID/);
  });

  it("hands Azure's service what it needs, and takes no half of it even beside a certificate", () => {
    const plan = planSigning("win32", azure);
    expect(plan.kind === "ready" ? plan.signing.azure : null).toEqual({ endpoint: azure.CALLSIDE_AZURE_ENDPOINT, certificateProfileName: "profile", codeSigningAccountName: "account", publisherName: "publisher" });
    expect(missing("win32", { ...windows, AZURE_TENANT_ID: "tenant" })).toContain("AZURE_CLIENT_SECRET");
  });

  it("takes a feed for updates by https alone, without a password in it", () => {
    for (const bad of ["http://updates.example.com", "updates.example.com", "file:///feed", "https://me:pass@updates.example.com/"]) {
      expect(missing("linux", { ...linux, CALLSIDE_UPDATE_URL: bad })).toEqual(["CALLSIDE_UPDATE_URL"]);
    }
  });

  it("never tells what a secret is", () => {
    const plan = planSigning("win32", { ...azure, CALLSIDE_AZURE_PROFILE: "", CALLSIDE_UPDATE_URL: "https://me:hunter2@updates.example.com/" });
    expect(JSON.stringify(plan)).not.toMatch(/the secret|hunter2/);
  });
});

describe("making installers", () => {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "callside-dist-"));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  const options = { stagingPercentage: null, env: {}, platform: "linux" as const };

  it("fails closed before anything is built when keys are missing", async () => {
    // A folder that cannot be: building would fail otherwise.
    const nowhere = join(directory, "file", "below");
    await writeFile(join(directory, "file"), "");
    await expect(distApp({ ...options, directory: nowhere, unsigned: false })).rejects.toThrow(/none are made. Missing:\n {2}CALLSIDE_UPDATE_URL[^]*CALLSIDE_GPG_KEY[^]*--unsigned/);
  });

  it("fails closed when gpg does not have the key that is named", async () => {
    await expect(distApp({ ...options, directory, unsigned: false, env: { ...url, CALLSIDE_GPG_KEY: "nobody@callside.invalid" } })).rejects.toThrow("no secret key of that id");
  });

  it("stages no rollout of what is not distributed", async () => {
    await expect(distApp({ ...options, directory, unsigned: true, stagingPercentage: 10 })).rejects.toThrow("--staging: found together with --unsigned");
  });

  it("writes the share of machines into every feed, and leaves the rest as it was", async () => {
    await writeFile(join(directory, "latest.yml"), "version: 1.2.3\nfiles:\n  - url: Callside-1.2.3-win-x64.exe\n    sha512: abc==\n    size: 5\nreleaseDate: '2026-01-01T00:00:00.000Z'\n");
    await writeFile(join(directory, "latest-mac.yml"), "version: 1.2.3\n");
    await writeFile(join(directory, "builder-debug.yml"), "x: 1\n");
    await stageRollout(directory, 10);
    expect(parse(await readFile(join(directory, "latest.yml"), "utf8"))).toEqual({
      version: "1.2.3",
      files: [{ url: "Callside-1.2.3-win-x64.exe", sha512: "abc==", size: 5 }],
      releaseDate: "2026-01-01T00:00:00.000Z",
      stagingPercentage: 10,
    });
    expect(parse(await readFile(join(directory, "latest-mac.yml"), "utf8"))).toEqual({ version: "1.2.3", stagingPercentage: 10 });
    expect(await readFile(join(directory, "builder-debug.yml"), "utf8")).toBe("x: 1\n");
  });

  it("says so when there is no feed to write it into", async () => {
    await expect(stageRollout(directory, 10)).rejects.toThrow("no feed");
    await writeFile(join(directory, "latest.yml"), "- nothing\n");
    await expect(stageRollout(directory, 10)).rejects.toThrow("latest.yml: is no feed");
  });

  it("takes 1 to 100 percent", () => {
    expect([undefined, "1", "10", "100"].map(parseStaging)).toEqual([null, 1, 10, 100]);
    for (const bad of ["0", "101", "", "10%", "1e1", "-5", "0x10", "5.5"]) expect(parseStaging(bad)).toBe(`--staging: found ${bad}, allowed 1 to 100 (percent of machines)`);
  });
});
