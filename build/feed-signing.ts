import { createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { isSigned } from "../electron/updates/feed-signature.ts";
import type { PackagePlatform } from "./package-platform.ts";

const VARIABLE = "CALLSIDE_UPDATE_KEY";

/** The names that electron-builder gives to feeds: the channel, and the platform where that is not Windows. */
const FEED = /^(latest|beta|alpha)(?:-mac|-linux(?:-[a-z0-9]+)?)?\.yml$/;

/** A file of the output that is a feed for updates, or the signature of one. */
export function isFeedFile(name: string): boolean {
  return FEED.test(name.replace(/\.sig$/u, ""));
}

/**
 * The private key that feeds are signed with, from the environment: as PEM, or the path of a file with it. A string says what
 * is wrong, and never what is in it.
 */
export function readUpdateKey(env: Readonly<Record<string, string | undefined>>): KeyObject | string {
  const given = (env[VARIABLE] ?? "").trim();
  if (given === "") return `${VARIABLE}: missing; the Ed25519 private key that signs the feed for updates, a PEM file's path or its content, in the environment of this command (on a build machine: its store of secrets)`;
  let key: KeyObject;
  try {
    key = createPrivateKey(given.startsWith("-----BEGIN") ? given : readFileSync(given, "utf8"));
  } catch {
    return `${VARIABLE}: found something that is no private key and no readable file of one, allowed: an Ed25519 private key as PEM`;
  }
  return key.asymmetricKeyType === "ed25519" ? key : `${VARIABLE}: found a key of the kind ${key.asymmetricKeyType}, allowed: ed25519`;
}

/** The other half of the key as base64 of its 32 bytes: what `updates.publicKey` is set to. */
export function publicKeyText(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: "jwk" });
  if (x === undefined) throw new Error(`${VARIABLE}: has no public half`);
  return Buffer.from(x, "base64url").toString("base64");
}

/**
 * Writes into each feed for which channel and platform it is, and beside it `….yml.sig`: the Ed25519 signature of its bytes.
 * Nothing may be changed in a feed after that. Rejects where there is no feed.
 */
export async function signFeeds(folder: string, key: KeyObject, platform: PackagePlatform): Promise<void> {
  const feeds = (await readdir(folder)).filter((name) => FEED.test(name));
  if (feeds.length === 0) throw new Error("no feed for updates (latest*.yml) was made that could be signed");
  for (const name of feeds) {
    const path = join(folder, name);
    const feed: unknown = parse(await readFile(path, "utf8"));
    if (typeof feed !== "object" || feed === null || !("version" in feed)) throw new Error(`${name}: is no feed for updates`);
    const text = stringify({ ...feed, channel: FEED.exec(name)?.[1], platform }, { lineWidth: 0 });
    const signature = sign(null, Buffer.from(text), key).toString("base64");
    if (!isSigned(Buffer.from(text), signature, publicKeyText(key))) throw new Error(`${name}: its signature does not hold`);
    await writeFile(path, text);
    await writeFile(`${path}.sig`, `${signature}\n`);
  }
}
