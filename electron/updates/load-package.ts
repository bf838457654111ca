import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { type Fetch, hostOf } from "../net/attempt.ts";
import { networkReason } from "../net/network-reason.ts";
import { statusFault } from "../net/status-fault.ts";
import type { ReleaseFile } from "./feed.ts";
import type { UpdateProblem } from "./update-problem.ts";

/** Nothing heard for so long: the server is gone. */
const SILENCE_MS = 30_000;
const READ_BYTES = 1_048_576;

export interface LoadOptions {
  readonly file: ReleaseFile;
  /** For the words of a problem. */
  readonly version: string;
  /** Where what has come so far is kept, for the next try. */
  readonly partialFolder: string;
  /** Where the whole file goes, on the same disk. */
  readonly destination: string;
  readonly files: FilePort;
  /** Gives a file another place on the same disk; rejects with the system's error. */
  readonly move: (from: string, to: string) => Promise<void>;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (percent: number) => void;
}

/**
 * Loads a package and puts it at its destination only when it is whole and the very one that the feed names. What came before
 * a break is kept, and the next call goes on behind it; where the server does not know how, it begins again. No more than the
 * size in the feed is ever written.
 */
export async function loadPackage(options: LoadOptions): Promise<Result<null, UpdateProblem>> {
  const { file, version, partialFolder, destination, files, move } = options;
  const partial = join(partialFolder, `${Buffer.from(file.sha512, "base64").toString("hex").slice(0, 32)}.part`);
  try {
    await files.makeDirectory(partialFolder);
    await removeOthers(files, partialFolder, partial);
    const loaded = await fetchRest(options, partial);
    if (!loaded.ok) return loaded;
    if (!(await isIntact(files, partial, file))) {
      await files.remove(partial);
      return err({ kind: "checksum", version });
    }
    await move(partial, destination);
    return ok(null);
  } catch (error) {
    return err({ kind: "fault", fault: diskFault(error, "keeping the update") });
  }
}

/** Whether a file has the size and the SHA-512 that the feed names. Rejects with the disk's error. */
export async function isIntact(files: FilePort, path: string, { sha512, size }: Pick<ReleaseFile, "sha512" | "size">): Promise<boolean> {
  if ((await files.size(path)) !== size) return false;
  const hash = createHash("sha512");
  for (let position = 0; position < size; position += READ_BYTES) hash.update(await files.read(path, position, Math.min(READ_BYTES, size - position)));
  return hash.digest("base64") === sha512;
}

async function fetchRest(options: LoadOptions, partial: string): Promise<Result<null, UpdateProblem>> {
  const { file, files } = options;
  await using handle = await opened(files, partial);
  let have = await handle.size();
  if (have > file.size) {
    await files.truncate(partial, 0);
    have = 0;
  }
  if (have === file.size) return ok(null);
  return await receive(options, partial, handle, have);
}

async function receive(options: LoadOptions, partial: string, handle: Writing, have: number): Promise<Result<null, UpdateProblem>> {
  const { file, version, files, fetch, clock, signal, onProgress } = options;
  const cut = new AbortController();
  const onAbort = (): void => {
    cut.abort();
  };
  if (signal.aborted) cut.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  const silence = watchSilence(clock, () => {
    cut.abort();
  });
  try {
    const response = await fetch(file.url, { headers: have === 0 ? {} : { range: `bytes=${have}-` }, signal: cut.signal, redirect: "follow" });
    const begins = startOf(response, have);
    if (begins === null) {
      await response.body?.cancel();
      // What is here does not fit what is there: the next try begins from nothing.
      if (have > 0) await files.truncate(partial, 0);
      return err({ kind: "fault", fault: statusFault(response.status, `${hostOf(file.url)} answered ${response.status}`) });
    }
    if (begins < have) await files.truncate(partial, begins);
    let size = begins;
    const reader = response.body?.getReader();
    for (;;) {
      silence.heard();
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) break;
      if (size + value.byteLength > file.size) {
        cut.abort();
        await files.truncate(partial, 0);
        return err({ kind: "checksum", version });
      }
      await handle.writeAll(value);
      size += value.byteLength;
      onProgress((size / file.size) * 100);
    }
    if (size === file.size) return ok(null);
    return broken(file.url, "the connection was closed before the package was complete");
  } catch (error) {
    if (handle.failed()) throw error;
    if (signal.aborted) return err({ kind: "fault", fault: { kind: "transport", code: "aborted", detail: `loading from ${hostOf(file.url)}` } });
    return silence.over() ? broken(file.url, `nothing came for ${SILENCE_MS / 1_000} s`) : broken(file.url, networkReason(error));
  } finally {
    silence[Symbol.dispose]();
    signal.removeEventListener("abort", onAbort);
    cut.abort();
  }
}

/** At which byte the body begins; null where it is not what was asked for. */
function startOf(response: Response, have: number): number | null {
  if (response.status === 200) return 0;
  if (response.status !== 206 || have === 0) return null;
  return /^bytes (\d+)-/u.exec(response.headers.get("content-range") ?? "")?.[1] === String(have) ? have : null;
}

interface Writing extends AsyncDisposable {
  size(): Promise<number>;
  writeAll(bytes: Uint8Array): Promise<void>;
  /** Whether the disk refused, so that what was thrown is its word and not the network's. */
  failed(): boolean;
}

async function opened(files: FilePort, path: string): Promise<Writing> {
  const handle = await files.openAppend(path);
  let failed = false;
  return {
    size: () => handle.size(),
    async writeAll(bytes) {
      try {
        // Like the system, it may take a part only; a full disk says so at the next.
        for (let done = 0; done < bytes.byteLength; ) done += await handle.write(bytes.subarray(done));
      } catch (error) {
        failed = true;
        throw error;
      }
    },
    failed: () => failed,
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

function watchSilence(clock: Clock, onOver: () => void): Disposable & { readonly heard: () => void; readonly over: () => boolean } {
  let over = false;
  const arm = (): (() => void) =>
    clock.after(SILENCE_MS, () => {
      over = true;
      onOver();
    });
  let cancel = arm();
  return {
    heard() {
      cancel();
      cancel = arm();
    },
    over: () => over,
    [Symbol.dispose]() {
      cancel();
    },
  };
}

async function removeOthers(files: FilePort, folder: string, partial: string): Promise<void> {
  for (const name of await files.list(folder)) {
    const path = join(folder, name);
    if (path !== partial && name.endsWith(".part")) await files.remove(path);
  }
}

function broken(url: string, why: string): Result<never, UpdateProblem> {
  return err({ kind: "fault", fault: { kind: "transport", code: "network", detail: `${hostOf(url)}: ${why}` } });
}
