import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBuilder, type Plugin } from "vite";
import { describePackages, noticeProblems, noticeText } from "./third-party.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the packaged program's package.json says, and the bundled code's origin. */
export interface StagedApp {
  /** The folder that becomes the archive. */
  readonly folder: string;
  /** Source maps of what was built: kept apart, for reading a crash report. They do not ship. */
  readonly maps: string;
}

export interface StageOptions {
  /** Where the folders are made; what was there of an earlier run is replaced. */
  readonly directory: string;
  readonly version: string;
}

/** The facts of the program that the installers and the packaged program share. */
export const appFacts = {
  name: "callside",
  productName: "Callside",
  description: "The desktop panel at a contact-centre agent's side",
  author: { name: "The Callside authors", email: "callside@example.com" },
  homepage: "https://example.com/callside",
  license: "MIT",
} as const;

/** The version in our package.json. */
export async function sourceVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };
  return version;
}

/**
 * Builds main, preload and panel for the package and puts them together as the archive will hold them: nothing but
 * what was built, a package.json of a few lines, our licence and those of what is bundled. Rejects with Vite's words, or
 * with the packages whose licence does not allow it.
 */
export async function stageApp({ directory, version }: StageOptions): Promise<StagedApp> {
  const built = join(directory, "built");
  const folder = join(directory, "app");
  const maps = join(directory, "sourcemaps");
  await Promise.all([built, folder, maps].map((path) => rm(path, { recursive: true, force: true })));
  const modules = await build(built);
  await mkdir(folder, { recursive: true });
  for (const part of Object.values(outputs)) {
    await moveMaps(join(built, part), join(maps, part));
    await cp(join(built, part), join(folder, part), { recursive: true });
  }
  await rm(built, { recursive: true });
  const packages = await describePackages([...modules], join(root, "node_modules"));
  const problems = noticeProblems(packages);
  if (problems.length > 0) throw new Error(`Licences of what is bundled:\n${problems.join("\n")}`);
  await writeFile(join(folder, "third-party-notices.txt"), noticeText(packages));
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  // desktopName: by this name a Linux desktop knows which windows are the program's.
  const manifest = { ...appFacts, version, type: "module", main: "main/main.js", desktopName: `${appFacts.name}.desktop` };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return { folder, maps };
}

/** Vite's environments, and where their output lies in the archive. */
const outputs: Readonly<Record<string, string>> = { client: "renderer", main: "main", preload: "preload" };

/** Builds with the project's own configuration into another folder, and gives every module that went in. */
async function build(outDirectory: string): Promise<ReadonlySet<string>> {
  const modules = new Set<string>();
  const { NODE_ENV } = process.env;
  // A test runner's own environment would bring React's development build into the panel.
  process.env["NODE_ENV"] = "production";
  try {
    const builder = await createBuilder({
      configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)),
      logLevel: "warn",
      plugins: [forPackage(outDirectory, modules)],
    });
    for (const environment of Object.values(builder.environments)) {
      // Vite has environments of its own.
      if (Object.hasOwn(outputs, environment.name)) await builder.build(environment);
    }
  } finally {
    if (NODE_ENV === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = NODE_ENV;
  }
  return modules;
}

/** Stands for the table of the command line, which would bring in every command: main has one of its own. */
const NO_COMMANDS = "\0callside:no-commands";

/** How the package's build differs from a checkout's. */
function forPackage(outDirectory: string, modules: Set<string>): Plugin {
  return {
    name: "callside:package",
    // Before Vite resolves by itself.
    enforce: "pre",
    sharedDuringBuild: true,
    config(config) {
      const input: unknown = config.environments?.["main"]?.build?.rolldownOptions?.input;
      // The command line needs a Node that runs scripts, and the packaged Electron is none.
      if (typeof input === "object" && input !== null) Reflect.deleteProperty(input, "cli");
    },
    configEnvironment(name, options) {
      const output = outputs[name];
      if (output === undefined) return;
      // No comment in what ships points to a map. Errors are told by their class, so classes keep their names.
      options.build = { ...options.build, outDir: join(outDirectory, output), sourcemap: "hidden" };
      if (name === "client") return;
      const rolldownOptions = options.build.rolldownOptions ?? {};
      const written = Array.isArray(rolldownOptions.output) ? {} : (rolldownOptions.output ?? {});
      options.build.rolldownOptions = {
        ...rolldownOptions,
        output: { ...written, minify: { compress: { keepNames: { function: false, class: true } }, mangle: { keepNames: { function: false, class: true } } } },
      };
    },
    resolveId(source) {
      return source.endsWith("/command-table.ts") ? NO_COMMANDS : null;
    },
    load(id) {
      return id === NO_COMMANDS ? "export const commandTable = {};" : null;
    },
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === "chunk") for (const id of output.moduleIds) modules.add(id);
      }
    },
  };
}

async function moveMaps(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    if (entry.isFile() && entry.name.endsWith(".map")) await rename(join(entry.parentPath, entry.name), join(to, entry.name));
  }
}
