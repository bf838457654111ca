import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { type JsonValue, registrationSchema } from "../../shared/integration.ts";
import { draftSchema, type Draft } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

const DEFINITION = /^([a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)\.json$/u;
const STATE_VERSION = 1;

const stateSchema = z.strictObject({
  version: z.literal(STATE_VERSION),
  /** The definition was deleted: what is left is removed when the program ends, unless the definition comes back before. */
  deleted: z.boolean().default(false),
  registrations: z.array(registrationSchema).readonly(),
  fixtures: z.array(z.strictObject({ name: z.string(), file: z.string().regex(/^[a-z0-9-]+\.fixture-[0-9]+\.json$/u), bytes: z.number(), at: z.number() })).readonly(),
});

/** What is kept beside a definition. Registrations newest first; fixtures by the file that holds their body. */
export type IntegrationState = Omit<z.infer<typeof stateSchema>, "version">;

/** A definition as it lies in the folder. */
export interface FiledIntegration {
  readonly key: string;
  readonly draft: Draft;
  readonly state: IntegrationState;
}

/** What was read. `keys`: all that files begin with, whether they are of use or not. `damaged`: files that were no use and have another name now. */
export interface FolderReading {
  readonly integrations: readonly FiledIntegration[];
  readonly keys: readonly string[];
  readonly damaged: readonly string[];
}

/** The folder of definitions on disk: `<key>.json` is the definition, a file that the command line takes as it is. */
export interface IntegrationFolder {
  read(): Promise<Result<FolderReading, Fault>>;
  writeDraft(key: string, draft: Draft): Promise<Result<null, Fault>>;
  writeState(key: string, state: IntegrationState): Promise<Result<null, Fault>>;
  removeDraft(key: string): Promise<Result<null, Fault>>;
  /** Removes state and fixtures. */
  removeRest(key: string, state: IntegrationState): Promise<Result<null, Fault>>;
  writeFixture(file: string, text: string): Promise<Result<null, Fault>>;
  /** The text of a fixture; null where there is none. */
  readFixture(file: string): Promise<Result<string | null, Fault>>;
  removeFixture(file: string): Promise<Result<null, Fault>>;
}

export interface IntegrationFolderOptions {
  readonly files: FilePort;
  readonly folder: string;
  /** ms since the Unix epoch. */
  readonly now: () => number;
}

export const NO_STATE: IntegrationState = { deleted: false, registrations: [], fixtures: [] };

/**
 * Opens nothing: each method touches the disk by itself, atomically where it writes. A file that is damaged is set aside
 * under another name, never written over.
 */
export function createIntegrationFolder({ files, folder, now }: IntegrationFolderOptions): IntegrationFolder {
  const pathOf = (file: string): string => join(folder, file);
  const stateFile = (key: string): string => `${key}.state.json`;

  const tried = async <T>(doing: string, file: string, work: (path: string) => Promise<T>): Promise<Result<T, Fault>> => {
    try {
      return ok(await work(pathOf(file)));
    } catch (error) {
      return err(diskFault(error, `${doing} ${pathOf(file)}`));
    }
  };
  const write = (file: string, text: string): Promise<Result<null, Fault>> =>
    tried("writing", file, async (path) => {
      await files.makeDirectory(folder);
      await files.replace(path, text);
      return null;
    });
  const remove = (file: string): Promise<Result<null, Fault>> =>
    tried("removing", file, async (path) => {
      await files.remove(path);
      return null;
    });
  const setAside = async (file: string, text: string): Promise<string> => {
    const path = pathOf(`${file}.damaged-${new Date(now()).toISOString().replaceAll(/[:.]/gu, "-")}`);
    await files.replace(path, text);
    await files.remove(pathOf(file));
    return path;
  };

  const readOne = async (key: string, names: ReadonlySet<string>, damaged: string[]): Promise<FiledIntegration | null> => {
    const draftText = names.has(`${key}.json`) ? await files.readText(pathOf(`${key}.json`)) : null;
    const draft = draftText === null ? null : parsed(draftText, draftSchema);
    if (draftText !== null && draft === null) damaged.push(await setAside(`${key}.json`, draftText));
    const stateText = names.has(stateFile(key)) ? await files.readText(pathOf(stateFile(key))) : null;
    const state = stateText === null ? null : parsed(stateText, stateSchema);
    if (stateText !== null && state === null) damaged.push(await setAside(stateFile(key), stateText));
    if (draft === null) return state?.deleted === true ? { key, draft: {}, state } : null;
    return { key, draft, state: state === null ? NO_STATE : { ...state, deleted: false } };
  };

  return {
    read() {
      return tried("reading", "", async () => {
        // Made first: a folder that is not there yet is no fault.
        await files.makeDirectory(folder);
        const names = new Set(await files.list(folder));
        const keys = new Set(Array.from(names, keyOf).filter((key) => key !== null));
        const damaged: string[] = [];
        const integrations: FiledIntegration[] = [];
        for (const key of [...keys].toSorted()) {
          const one = await readOne(key, names, damaged);
          if (one !== null) integrations.push(one);
        }
        return { integrations, keys: [...keys], damaged };
      });
    },
    writeDraft: (key, draft) => write(`${key}.json`, `${JSON.stringify(draft, null, 2)}\n`),
    writeState: (key, state) => write(stateFile(key), `${JSON.stringify({ version: STATE_VERSION, ...state }, null, 1)}\n`),
    removeDraft: (key) => remove(`${key}.json`),
    async removeRest(key, { fixtures }) {
      const removed = await Promise.all(fixtures.map(({ file }) => remove(file)));
      return removed.find((one) => !one.ok) ?? remove(stateFile(key));
    },
    writeFixture: write,
    readFixture: (file) => tried("reading", file, (path) => files.readText(path)),
    removeFixture: remove,
  };
}

/** The JSON of a text; undefined where it is none. */
export function jsonOf(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function parsed<S extends z.ZodType>(text: string, schema: S): z.output<S> | null {
  try {
    const result = schema.safeParse(jsonOf(text));
    return result.success ? result.data : null;
  } catch {
    // Nested so deep that it cannot be walked through.
    return null;
  }
}

function keyOf(name: string): string | null {
  return DEFINITION.exec(name.replace(/\.state\.json$/u, ".json"))?.[1] ?? null;
}
