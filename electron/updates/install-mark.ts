import { join } from "node:path";
import { z } from "zod";
import type { FilePort } from "../files/file-port.ts";

/** In the data folder, from the moment that an update is to be installed until the next start. */
export const MARK_FILE_NAME = "installing.json";

const markSchema = z.strictObject({ version: z.literal(1), from: z.string().max(256), to: z.string().max(256) });

/** What became of the install that was last begun. */
export type LastInstall = { readonly kind: "none" } | { readonly kind: "done"; readonly version: string } | { readonly kind: "failed"; readonly version: string };

interface MarkPorts {
  readonly files: FilePort;
  readonly folder: string;
}

/** Notes that `to` is about to take the place of `from`. Rejects with the disk's error. */
export async function noteInstall({ files, folder }: MarkPorts, from: string, to: string): Promise<void> {
  await files.makeDirectory(folder);
  await files.replace(join(folder, MARK_FILE_NAME), `${JSON.stringify({ version: 1, from, to })}\n`);
}

/** Takes the note back: nothing was installed, and nothing went wrong. A disk that refuses has its way. */
export async function forgetInstall({ files, folder }: MarkPorts): Promise<void> {
  await files.remove(join(folder, MARK_FILE_NAME)).catch(() => undefined);
}

/** Takes the note of the last install, if there is one: it failed where the version that it began from still runs. Never fails. */
export async function takeLastInstall({ files, folder }: MarkPorts, running: string): Promise<LastInstall> {
  const path = join(folder, MARK_FILE_NAME);
  try {
    const text = await files.readText(path);
    if (text === null) return { kind: "none" };
    await files.remove(path);
    const mark = markSchema.safeParse(JSON.parse(text));
    if (!mark.success) return { kind: "none" };
    return running === mark.data.from ? { kind: "failed", version: mark.data.to } : { kind: "done", version: mark.data.to };
  } catch {
    return { kind: "none" };
  }
}
