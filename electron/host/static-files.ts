import type { Dirent } from "node:fs";
import { extname, join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** One file of the built panel. */
export interface StaticFile {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The files that a host may serve, by the path of their address (`/assets/main.js`; `/` is the page). */
export interface StaticFiles {
  find(path: string): StaticFile | undefined;
}

/** The part of `node:fs/promises` that is needed. */
export interface ReadableDirectory {
  readdir(path: string, options: { readonly withFileTypes: true }): Promise<readonly Dirent[]>;
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

const CONTENT_TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
]);

/**
 * Reads the built panel into memory once. What is served afterwards is looked up by exact path in that list, so no
 * request reaches the disk and none can climb out of the directory. Links and files of other kinds are left out.
 */
export async function readStaticFiles(directory: string, fs: ReadableDirectory): Promise<Result<StaticFiles, Fault>> {
  const files = new Map<string, StaticFile>();
  try {
    await readFolder(directory, "/", fs, files);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return err({ kind: "transport", code: "disk", detail: `the built panel could not be read (${code})` });
  }
  const page = files.get("/index.html");
  if (page === undefined) {
    return err({ kind: "contract", code: "not-found-here", detail: "the built panel has no index.html" });
  }
  files.set("/", page);
  return ok({ find: (path) => files.get(path) });
}

/**
 * Folder by folder, by name and kind alone: inside an archive Electron's own `readdir` gives no `parentPath` in some
 * versions, and its recursive one takes folders for files (its lib/node/asar-fs-wrapper.ts).
 */
async function readFolder(folder: string, address: string, fs: ReadableDirectory, files: Map<string, StaticFile>): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await readFolder(path, `${address}${entry.name}/`, fs, files);
    const contentType = CONTENT_TYPES.get(extname(entry.name));
    if (!entry.isFile() || contentType === undefined) continue;
    files.set(`${address}${entry.name}`, { contentType, body: await fs.readFile(path) });
  }
}
