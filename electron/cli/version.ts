import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const packageSchema = z.object({ name: z.literal("callside"), version: z.string() });

/**
 * The program's version. Looked for upwards from this file, because the source, the built file and the packaged program
 * lie at different depths below the same package.json.
 */
export function readVersion(from = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = packageSchema.safeParse(readJson(join(folder, "package.json")));
    if (found.success) return found.data.version;
    if (dirname(folder) === folder) return "unknown";
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
