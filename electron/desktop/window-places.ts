import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";
import { createBackgroundWriter } from "../files/background-writer.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Place } from "./window-place.ts";

/** In the data folder. */
export const PLACES_FILE_NAME = "window-places.json";

const VERSION = 1;
/** The sets of displays that are remembered; of more, those that were not used for longest are forgotten. */
export const MAX_SETS = 20;
/** How long a new place waits for a newer one before it is written. */
const GATHER_MS = 1_000;
/** Far beyond any desktop. */
const MAX_PIXELS = 1_000_000;

const coordinate = z.int().min(-MAX_PIXELS).max(MAX_PIXELS);
const size = z.int().min(1).max(MAX_PIXELS);

const placeSchema = z.strictObject({
  display: z.number().nullable(),
  width: size,
  floating: z.strictObject({ x: coordinate, y: coordinate, width: size, height: size }).nullable(),
});

const contentSchema = z.strictObject({
  version: z.literal(VERSION),
  /** The last used first; a list, because a map of names would have to do without `__proto__`. */
  sets: z.array(z.strictObject({ displays: z.string(), place: placeSchema })).max(MAX_SETS).readonly(),
  /** Whether the person was told where the panel goes when it is closed. */
  toldHidden: z.boolean(),
});

type Content = z.infer<typeof contentSchema>;

/** Where the panel stood on each set of displays. What is told is on the disk a little later. */
export interface WindowPlaces extends AsyncDisposable {
  /** The place on this set of displays (`displaySetKey`), if one is remembered. */
  find(displays: string): Place | null;
  /** The place that was used last, on whichever displays. */
  latest(): Place | null;
  remember(displays: string, place: Place): void;
  /** Whether the person was told, ever, that closing hides the panel. */
  wasToldHidden(): boolean;
  noteToldHidden(): void;
}

export interface WindowPlacesOptions {
  readonly files: FilePort;
  /** The folder of what is kept. */
  readonly folder: string;
  readonly clock: Clock;
}

/**
 * Reads the places. It never fails, and tells nobody of trouble: a place that is forgotten is no reason to keep anybody
 * from work. A file that cannot be understood, or is of a later version, is set aside under another name before a new one
 * is begun. What cannot be written is tried again, at the latest when this is disposed of.
 */
export async function openWindowPlaces({ files, folder, clock }: WindowPlacesOptions): Promise<WindowPlaces> {
  const path = join(folder, PLACES_FILE_NAME);
  const read = await readPlaces(files, path);
  let content = read.kind === "whole" ? read.content : NOTHING_KNOWN;
  let toSetAside = read.kind === "strange" ? read : null;
  let changed = toSetAside !== null;

  const drain = async (): Promise<Result<void, Fault>> => {
    try {
      while (changed) {
        await files.makeDirectory(folder);
        if (toSetAside !== null) await files.replace(await freeName(files, `${path}.${toSetAside.why}-${fileTime(clock.now())}`), toSetAside.text);
        toSetAside = null;
        changed = false;
        await files.replace(path, `${JSON.stringify(content, null, 1)}\n`);
      }
      return ok(undefined);
    } catch (error) {
      changed = true;
      return err(diskFault(error, `writing ${path}`));
    }
  };
  const writer = createBackgroundWriter({ clock, gatherMs: GATHER_MS, drain, remaining: () => (changed ? 1 : 0), onTrouble: () => {} });
  if (changed) writer.wake("soon");

  const keep = (next: Content): void => {
    if (isDeepStrictEqual(next, content)) return;
    content = next;
    changed = true;
    writer.wake("soon");
  };

  return {
    find: (displays) => content.sets.find((one) => one.displays === displays)?.place ?? null,
    latest: () => content.sets[0]?.place ?? null,
    remember(displays, place) {
      const others = content.sets.filter((one) => one.displays !== displays);
      keep({ ...content, sets: [{ displays, place }, ...others].slice(0, MAX_SETS) });
    },
    wasToldHidden: () => content.toldHidden,
    noteToldHidden() {
      keep({ ...content, toldHidden: true });
    },
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
    },
  };
}

const NOTHING_KNOWN: Content = { version: VERSION, sets: [], toldHidden: false };

type Read =
  | { readonly kind: "none" }
  | { readonly kind: "whole"; readonly content: Content }
  | { readonly kind: "strange"; readonly text: string; readonly why: "damaged" | "newer" };

async function readPlaces(files: FilePort, path: string): Promise<Read> {
  let text: string | null;
  try {
    text = await files.readText(path);
  } catch {
    return { kind: "none" };
  }
  if (text === null) return { kind: "none" };
  const found = parseJson(text);
  const parsed = contentSchema.safeParse(found);
  if (parsed.success) return { kind: "whole", content: parsed.data };
  const version = z.object({ version: z.int() }).safeParse(found);
  return { kind: "strange", text, why: version.success && version.data.version > VERSION ? "newer" : "damaged" };
}

async function freeName(files: FilePort, wanted: string): Promise<string> {
  let free = wanted;
  for (let count = 2; (await files.readText(free)) !== null; count += 1) free = `${wanted}-${count}`;
  return free;
}

/** A time as it can stand in a file's name. */
function fileTime(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:.]/gu, "-");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
