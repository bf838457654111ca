import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseAst } from "vite";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../build-renderer.ts";
import type { Figure } from "./figure.ts";

/**
 * What the panel's page loads, compressed as a web server would. The agent's path is what the page names, and what its
 * scripts import at once; everything else is fetched when a supervisor opens the view that wants it.
 */
export async function measureBundleSize(): Promise<readonly Figure[]> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const names = (await readdir(rendererDirectory, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const language = await largest(names.filter((name) => /^assets\/general-[^/]*\.js$/u.test(name)));
  const atOnce = new Set([...(await agentPath(await readText("index.html"))), language]);
  const kilobytes = async (extension: string, isAtOnce: boolean): Promise<number> => {
    const wanted = names.filter((name) => name.endsWith(extension) && atOnce.has(name) === isAtOnce);
    const sizes = await Promise.all(wanted.map(async (name) => gzipSync(await readFile(join(rendererDirectory, name))).byteLength));
    if (isAtOnce && sizes.length === 0) throw new Error(`the built panel's page loads no ${extension} file`);
    return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  };
  return [
    { name: "renderer JavaScript, gzip", value: await kilobytes(".js", true), unit: "kB", limit: { kind: "at most", value: 130 } },
    { name: "  style sheets, gzip", value: await kilobytes(".css", true), unit: "kB" },
    { name: "all supervisor's views together, fetched when they are opened, JavaScript", value: await kilobytes(".js", false), unit: "kB" },
    { name: "  style sheets, gzip", value: await kilobytes(".css", false), unit: "kB" },
  ];
}

/** The page asks for its texts in one language by itself; the longer one is counted. */
async function largest(names: readonly string[]): Promise<string> {
  const sizes = await Promise.all(names.map(async (name) => ({ name, size: (await readFile(join(rendererDirectory, name))).byteLength })));
  const [first] = sizes.sort((a, b) => b.size - a.size);
  if (first === undefined) throw new Error("the built panel has no texts");
  return first.name;
}

/** The files that the page names, with all that these import without being asked, as paths in the built panel. */
async function agentPath(page: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const follow = async (name: string): Promise<void> => {
    if (found.has(name)) return;
    found.add(name);
    if (!name.endsWith(".js")) return;
    const { body } = parseAst(await readText(name));
    for (const statement of body) {
      const isImport = statement.type === "ImportDeclaration" || statement.type === "ExportNamedDeclaration" || statement.type === "ExportAllDeclaration";
      if (isImport && statement.source !== null) await follow(resolved(statement.source.value, name));
    }
  };
  for (const [, address = ""] of page.matchAll(/\s(?:src|href)="([^"]+\.(?:js|css))"/g)) await follow(resolved(address, "index.html"));
  return found;
}

function resolved(address: string, from: string): string {
  return new URL(address, new URL(from, "file:///")).pathname.slice(1);
}

function readText(name: string): Promise<string> {
  return readFile(join(rendererDirectory, name), "utf8");
}
