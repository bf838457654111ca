import { dirname } from "node:path";
import { z } from "zod";
import { secretNameSchema } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { newerVersionFault } from "../files/file-version.ts";

const VERSION = 1;

const fileSchema = z.strictObject({
  version: z.literal(VERSION),
  // A list: a map of names would have to do without `__proto__`.
  secrets: z.array(z.strictObject({ name: secretNameSchema, value: z.base64().min(1) })).readonly(),
});

/** Encrypted values by name, in base64. */
export type EncryptedSecrets = ReadonlyMap<string, string>;

export interface SecretsFileOptions {
  readonly files: FilePort;
  readonly path: string;
  /** ms since the Unix epoch. */
  readonly now: () => number;
  /** Hears where a damaged file lies now. */
  readonly onDamaged: (path: string) => void;
}

/** The file of encrypted values. Whoever uses it sees to it that one thing is done at a time. */
export interface SecretsFile {
  /** Faults: `disk`; `newer-file` for a file of a later version, which stays as it is. */
  read(): Promise<Result<EncryptedSecrets, Fault>>;
  write(secrets: EncryptedSecrets): Promise<Result<null, Fault>>;
}

/** A damaged file is set aside under another name and begun anew, never written over. */
export function createSecretsFile({ files, path, now, onDamaged }: SecretsFileOptions): SecretsFile {
  const setAside = async (text: string): Promise<void> => {
    const wanted = `${path}.damaged-${new Date(now()).toISOString().replaceAll(/[:.]/gu, "-")}`;
    let free = wanted;
    for (let count = 2; (await files.readText(free)) !== null; count += 1) free = `${wanted}-${count}`;
    await files.replace(free, text);
    await files.remove(path);
    onDamaged(free);
  };
  return {
    async read() {
      try {
        const text = await files.readText(path);
        if (text === null) return ok(new Map());
        const content = parseJson(text);
        const newer = newerVersionFault("the file of secrets", path, versionOf(content), VERSION);
        if (newer !== null) return err(newer);
        const parsed = fileSchema.safeParse(content);
        if (parsed.success) return ok(new Map(parsed.data.secrets.map(({ name, value }) => [name, value])));
        await setAside(text);
        return ok(new Map());
      } catch (error) {
        return err(diskFault(error, `reading ${path}`));
      }
    },
    async write(secrets) {
      const content = { version: VERSION, secrets: Array.from(secrets, ([name, value]) => ({ name, value })) } satisfies z.input<typeof fileSchema>;
      try {
        await files.makeDirectory(dirname(path));
        await files.replace(path, `${JSON.stringify(content, null, 1)}\n`);
        return ok(null);
      } catch (error) {
        return err(diskFault(error, `writing ${path}`));
      }
    },
  };
}

const namesSchema = z.object({ secrets: z.array(z.object({ name: z.string() })) });

/** The names in the file at `path`, as far as it can be understood; nothing is set aside. */
export async function readSecretNames(files: Pick<FilePort, "readText">, path: string): Promise<readonly string[]> {
  const parsed = namesSchema.safeParse(parseJson((await files.readText(path).catch(() => null)) ?? ""));
  return parsed.success ? parsed.data.secrets.map(({ name }) => name) : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 0 where none is told. */
function versionOf(content: unknown): number {
  const parsed = z.object({ version: z.int() }).safeParse(content);
  return parsed.success ? parsed.data.version : 0;
}
