import { mkdir, open, readdir, readFile, rename, rm, stat, truncate, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "./disk-fault.ts";
import type { AppendHandle, FilePort } from "./file-port.ts";

const OWNER_ONLY_FILE = 0o600;
const SHARED_FILE = 0o644;
const OWNER_ONLY_DIRECTORY = 0o700;

/** The machine's own file system. */
export const nodeFiles: FilePort = {
  makeDirectory,
  list: (path) => readdir(path),
  async openAppend(path) {
    try {
      return appendHandle(await open(path, "a", OWNER_ONLY_FILE));
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
      await makeDirectory(dirname(path));
      return appendHandle(await open(path, "a", OWNER_ONLY_FILE));
    }
  },
  async size(path) {
    return (await stat(path)).size;
  },
  async modifiedAt(path) {
    return (await stat(path)).mtimeMs;
  },
  async read(path, position, length) {
    await using handle = await open(path, "r");
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  },
  async readText(path) {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (systemCode(error) === "ENOENT") return null;
      throw error;
    }
  },
  truncate: (path, size) => truncate(path, size),
  async replace(path, text, readers) {
    const draft = `${path}.tmp`;
    try {
      await writeSynced(draft, text, readers === "shared" ? SHARED_FILE : OWNER_ONLY_FILE);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await syncDirectory(dirname(path));
  },
  remove: (path) => rm(path, { force: true }),
};

async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
}

/** Always a new file: what lies there (a draft of a crash, a link that leads elsewhere) is neither followed nor kept. */
async function writeSynced(path: string, text: string, mode: number): Promise<void> {
  await rm(path, { force: true });
  await using handle = await open(path, "wx", mode);
  await handle.writeFile(text);
  await handle.sync();
}

/** Makes names in a directory survive a power cut. Windows cannot open directories and needs no such thing. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(path, "r");
  await handle.sync();
}

function appendHandle(handle: FileHandle): AppendHandle {
  return {
    size: async () => (await handle.stat()).size,
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}
