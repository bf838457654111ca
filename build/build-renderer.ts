import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createBuilder } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the built panel is. */
export const rendererDirectory = fileURLToPath(new URL("out/renderer", import.meta.url));

const stampFile = fileURLToPath(new URL("out/renderer/.stamp", import.meta.url));
const sourceFolders = ["renderer", "shared"] as const;
const sourceFiles = ["build/vite.config.ts", "package-lock.json"] as const;

/** Builds the panel alone into `build/out/renderer`. Rejects with Vite's words when it does not build. */
export async function buildRenderer(): Promise<void> {
  const stamp = await sourceStamp();
  // Whoever builds: a test runner's own environment would bring React's development build into the panel.
  const { NODE_ENV } = process.env;
  process.env["NODE_ENV"] = "production";
  try {
    await build();
  } finally {
    if (NODE_ENV === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = NODE_ENV;
  }
  await writeFile(stampFile, stamp);
}

async function build(): Promise<void> {
  const builder = await createBuilder({ configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)), logLevel: "warn" });
  const client = builder.environments.client;
  if (client === undefined) throw new Error("the Vite configuration has no client environment");
  await builder.build(client);
}

/** Whether the built panel is that of the present sources: their contents are compared, as a checkout changes every date. */
export async function rendererIsFresh(): Promise<boolean> {
  try {
    const [built, now] = await Promise.all([readFile(stampFile, "utf8"), sourceStamp()]);
    return built === now;
  } catch {
    return false;
  }
}

async function sourceStamp(): Promise<string> {
  const listed = await Promise.all(
    sourceFolders.map(async (folder) => {
      const entries = await readdir(`${root}/${folder}`, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
    }),
  );
  const files = [...listed.flat().toSorted(), ...sourceFiles.map((file) => `${root}/${file}`)];
  const hash = createHash("sha256");
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(await readFile(file)).update("\0");
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildRenderer();
