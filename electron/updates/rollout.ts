import { join } from "node:path";
import { z } from "zod";
import type { FilePort } from "../files/file-port.ts";

/** In the data folder. */
export const ROLLOUT_FILE_NAME = "rollout.json";

const contentSchema = z.strictObject({ version: z.literal(1), place: z.number().min(0).lt(100) });

/**
 * Whether a release has reached this machine. `place` is the machine's own number, from 0 (inclusive) to 100 (exclusive), so
 * that 0 percent is nobody and 100 everybody, and whoever is in stays in while the percentage grows.
 */
export function isReached(place: number, stagingPercentage: number): boolean {
  return place < stagingPercentage;
}

/**
 * The machine's own number, drawn once by `random` (0 inclusive to 1 exclusive) and kept. Where it cannot be kept it holds
 * as long as whoever asked keeps it. Never fails.
 */
export async function rolloutPlace({ files, folder, random }: { readonly files: FilePort; readonly folder: string; readonly random: () => number }): Promise<number> {
  const path = join(folder, ROLLOUT_FILE_NAME);
  const kept = await readPlace(files, path);
  if (kept !== null) return kept;
  const place = random() * 100;
  try {
    await files.makeDirectory(folder);
    await files.replace(path, `${JSON.stringify({ version: 1, place })}\n`);
  } catch {
    // A full disk must not keep the machine from updates that may mend it.
  }
  return place;
}

async function readPlace(files: FilePort, path: string): Promise<number | null> {
  try {
    const parsed = contentSchema.safeParse(JSON.parse((await files.readText(path)) ?? "null"));
    return parsed.success ? parsed.data.place : null;
  } catch {
    return null;
  }
}
