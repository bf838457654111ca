import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../build-renderer.ts";
import type { Figure } from "./figure.ts";

/** What the panel's page loads, compressed as a web server would: every script, and beside it every style sheet. */
export async function measureBundleSize(): Promise<readonly Figure[]> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const names = await readdir(rendererDirectory, { recursive: true });
  const kilobytes = async (extension: string): Promise<number> => {
    const files = await Promise.all(names.filter((name) => name.endsWith(extension)).map((name) => readFile(join(rendererDirectory, name))));
    if (files.length === 0) throw new Error(`the built panel has no ${extension} file`);
    return files.reduce((sum, file) => sum + gzipSync(file).byteLength, 0) / 1_000;
  };
  return [
    { name: "renderer JavaScript, gzip", value: await kilobytes(".js"), unit: "kB", limit: { kind: "at most", value: 130 } },
    { name: "  style sheets, gzip", value: await kilobytes(".css"), unit: "kB" },
  ];
}
