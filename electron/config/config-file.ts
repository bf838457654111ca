import { randomUUID } from "node:crypto";
import { watch } from "node:fs";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";

const MAX_BYTES = 4_000_000;

/** The file that a configuration lives in, or something that behaves like one. */
export interface ConfigFilePort {
  /** The text; null where there is no such file. */
  read(): Promise<Result<string | null, Fault>>;
  /** Puts `text` in the place of the whole file, at once or not at all. */
  replace(text: string): Promise<Result<null, Fault>>;
  /** A mark that changes when the file may have changed; cheap. */
  stamp(): Promise<string>;
  /** Tells when something happens to the file, as far as the system tells; the returned function ends it. */
  watch(touched: () => void): () => void;
}

/** The configuration file on disk at `path` (absolute). */
export function diskConfigFile(path: string): ConfigFilePort {
  return {
    read: () => readText(path),
    replace: (text) => replaceText(path, text),
    stamp: async () => {
      const found = await stat(path, { bigint: true }).catch(() => null);
      return found === null ? "none" : `${found.ino}:${found.size}:${found.mtimeNs}`;
    },
    watch: (touched) => watchFile(path, touched),
  };
}

/** A configuration that lives in memory only, where there is no file to write to. */
export function memoryConfigFile(): ConfigFilePort {
  let held: string | null = null;
  return {
    read: () => Promise.resolve(ok(held)),
    replace: (text) => {
      held = text;
      return Promise.resolve(ok(null));
    },
    stamp: () => Promise.resolve("memory"),
    watch: () => () => undefined,
  };
}

async function readText(path: string): Promise<Result<string | null, Fault>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return err(diskFault(`${path} has ${size} bytes; a configuration has at most ${MAX_BYTES}`));
    return ok(await readFile(path, "utf8"));
  } catch (error) {
    return errorCode(error) === "ENOENT" ? ok(null) : err(diskFault(`${path} cannot be read (${errorCode(error)})`));
  }
}

async function replaceText(path: string, text: string): Promise<Result<null, Fault>> {
  // A link stays a link: what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  const fresh = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    {
      await using file = await open(fresh, "wx", mode);
      await file.writeFile(text);
      await file.sync();
    }
    await rename(fresh, target);
    return ok(null);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    return err(diskFault(`${path} cannot be written (${errorCode(error)})`));
  }
}

/** Watches the folder, because editors put a new file in the place of the old one and the old one's watch ends with it. */
function watchFile(path: string, touched: () => void): () => void {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) touched();
    });
    // The folder is gone, or cannot be watched: looking at the stamp now and then goes on.
    watcher.on("error", () => {
      watcher.close();
    });
    return () => {
      watcher.close();
    };
  } catch {
    return () => undefined;
  }
}

function diskFault(detail: string): Fault {
  return { kind: "transport", code: "disk", detail };
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
}
