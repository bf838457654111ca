import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { distApp, stageRollout } from "../../build/dist-app.ts";
import { isFeedFile, publicKeyText, readUpdateKey, signFeeds } from "../../build/feed-signing.ts";
import { updatesSection } from "../../electron/config/house-sections.ts";
import { readFeed } from "../../electron/updates/feed.ts";
import { isSigned } from "../../electron/updates/feed-signature.ts";
import { packageBytes, sha512 } from "../support/signed-feed.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-feed-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("the key that signs feeds", () => {
  it("is taken as PEM or from a file, and its other half is what the configuration takes", async () => {
    const file = join(directory, "update.pem");
    await writeFile(file, pem);
    for (const given of [pem, `  ${pem}`, file]) {
      const key = readUpdateKey({ CALLSIDE_UPDATE_KEY: given });
      if (typeof key === "string") throw new Error(key);
      expect(updatesSection.safeParse({ url: "https://updates.example.com/callside/", publicKey: publicKeyText(key) })).toMatchObject({ success: true, data: { url: "https://updates.example.com/callside", checkHours: 4 } });
      expect(publicKeyText(key)).toBe(publicKeyText(privateKey));
    }
  });

  it("is refused by name where it is missing, no key, or of another kind, and never shown", () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(readUpdateKey({})).toMatch(/^CALLSIDE_UPDATE_KEY: missing/);
    expect(readUpdateKey({ CALLSIDE_UPDATE_KEY: " " })).toMatch(/missing/);
    expect(readUpdateKey({ CALLSIDE_UPDATE_KEY: "hunter2-and-no-file" })).toMatch(/^CALLSIDE_UPDATE_KEY: found something that is no private key/);
    expect(readUpdateKey({ CALLSIDE_UPDATE_KEY: pem.slice(0, 60) })).toMatch(/no private key/);
    expect(readUpdateKey({ CALLSIDE_UPDATE_KEY: ec })).toBe("CALLSIDE_UPDATE_KEY: found a key of the kind ec, allowed: ed25519");
    for (const given of ["hunter2-and-no-file", ec]) expect(readUpdateKey({ CALLSIDE_UPDATE_KEY: given })).not.toContain(given.split("\n")[1] ?? given);
  });

  it("without it no installers are made, and it is named with all else that is missing", async () => {
    const options = { directory, unsigned: false, stagingPercentage: null, platform: "darwin" } as const;
    await expect(distApp({ ...options, env: {} })).rejects.toThrow(/none are made. Missing:[^]*APPLE_API_KEY[^]*CALLSIDE_UPDATE_KEY/);
    const env = { CALLSIDE_UPDATE_URL: "https://updates.example.com", CSC_LINK: "a.p12", CSC_KEY_PASSWORD: "p", APPLE_API_KEY: "k", APPLE_API_KEY_ID: "i", APPLE_API_ISSUER: "j" };
    await expect(distApp({ ...options, env })).rejects.toThrow(/feed for updates cannot be signed, so no installers are made[^]*CALLSIDE_UPDATE_KEY/);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("signing feeds", () => {
  const bytes = packageBytes(100);
  const feed = `version: 1.2.3\nfiles:\n  - url: Callside-1.2.3-linux-x86_64.AppImage\n    sha512: ${sha512(bytes)}\n    size: 100\n    blockMapSize: 7\npath: Callside-1.2.3-linux-x86_64.AppImage\nsha512: ${sha512(bytes)}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`;

  it("says in each for whom it is, signs it as it then stands, and the program takes it", async () => {
    await writeFile(join(directory, "latest-linux.yml"), feed);
    await writeFile(join(directory, "beta-linux-arm64.yml"), feed);
    await writeFile(join(directory, "builder-debug.yml"), "x: 1\n");
    await stageRollout(directory, 10);
    await signFeeds(directory, privateKey, "linux");
    expect((await readdir(directory)).toSorted()).toEqual(["beta-linux-arm64.yml", "beta-linux-arm64.yml.sig", "builder-debug.yml", "latest-linux.yml", "latest-linux.yml.sig"]);
    const signed = await readFile(join(directory, "latest-linux.yml"));
    const signature = await readFile(join(directory, "latest-linux.yml.sig"), "utf8");
    expect(isSigned(signed, signature, publicKeyText(privateKey))).toBe(true);
    const place = { url: "https://updates.example.com/callside", channel: "latest", platform: "linux", arch: "x64" } as const;
    expect(readFeed(signed.toString(), place, "1.2.2")).toMatchObject({ ok: true, value: { version: "1.2.3", stagingPercentage: 10, files: [{ url: "https://updates.example.com/callside/Callside-1.2.3-linux-x86_64.AppImage" }] } });
    expect(readFeed(signed.toString(), { ...place, platform: "win32" }, "1.2.2")).toMatchObject({ ok: false, error: { kind: "wrong-platform" } });
    expect(readFeed(await readFile(join(directory, "beta-linux-arm64.yml"), "utf8"), place, "1.2.2")).toMatchObject({ ok: false, error: { kind: "wrong-channel", found: "beta" } });
  });

  it("fails where there is no feed, or something else in its place", async () => {
    await expect(signFeeds(directory, privateKey, "linux")).rejects.toThrow("no feed for updates");
    await writeFile(join(directory, "latest.yml"), "- nothing\n");
    await expect(signFeeds(directory, privateKey, "win32")).rejects.toThrow("latest.yml: is no feed");
    expect(await readdir(directory)).toEqual(["latest.yml"]);
  });

  it("knows feeds and their signatures by name", () => {
    expect(["latest.yml", "latest-mac.yml.sig", "beta-linux-arm64.yml"].every(isFeedFile)).toBe(true);
    expect(["builder-debug.yml", "latest.yml.asc", "app-update.yml", "latest.yml.sig.sig"].some(isFeedFile)).toBe(false);
  });
});
