import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { publicKeyText } from "../../build/feed-signing.ts";
import type { Release } from "../../electron/updates/feed.ts";
import { serveHttp, type LoopbackHttp, type SeenRequest } from "./loopback-http.ts";

/** A maker's key pair: it signs, and gives what the configuration holds. */
export function feedMaker() {
  const { privateKey } = generateKeyPairSync("ed25519");
  return { privateKey, publicKey: publicKeyText(privateKey), sign: (text: string): string => `${sign(null, Buffer.from(text), privateKey).toString("base64")}\n` };
}

/** Bytes that look like no text, the same for the same seed. */
export function packageBytes(size: number, seed = "package"): Buffer {
  const block = createHash("sha512").update(seed).digest();
  return Buffer.alloc(size, block);
}

export function sha512(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("base64");
}

/** A feed as our build makes it, with whatever is to be different. */
export function feedText(more: Readonly<Record<string, unknown>> = {}, bytes: Uint8Array = packageBytes(1_000)): string {
  const name = "Callside-1.1.0-linux-x86_64.AppImage";
  const file = { url: name, sha512: sha512(bytes), size: bytes.byteLength };
  return stringify({ version: "1.1.0", files: [file], path: name, sha512: file.sha512, releaseDate: "2026-01-05T09:00:00.000Z", channel: "latest", platform: "linux", ...more });
}

/** A release as it comes out of a feed. */
export function sampleRelease(more: Partial<Release> = {}): Release {
  return { version: "1.1.0", files: [{ url: "https://updates.example.com/a.AppImage", sha512: sha512(packageBytes(10)), size: 10 }], notes: null, date: "", stagingPercentage: 100, minimumSystemVersion: null, ...more };
}

export type Served = string | Uint8Array | number | ((request: SeenRequest, response: ServerResponse) => void);

/** A place for updates on loopback: files by name, which a test may change; a number is a status without them. Gone with the test. */
export async function updateServer(files: ReadonlyMap<string, Served>): Promise<LoopbackHttp> {
  const server = await serveHttp((request, response) => {
    const served = files.get(request.path.slice(1)) ?? 404;
    if (typeof served === "function") served(request, response);
    else if (typeof served === "number") response.writeHead(served).end();
    else response.writeHead(200).end(served);
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
