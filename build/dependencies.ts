import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { dependencyProblems, importedPackages, judgeHealth, listDependencies, lockSchema, manifestSchema, registrySchema, type Dependency, type Health } from "./dependency-rules.ts";
import { judgeElectron } from "./electron-releases.ts";

const LOOK_UP_TIMEOUT_MS = 20_000;
/** How many are looked up at the same time. */
const AT_ONCE = 4;

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

/**
 * `npm run dependencies [-- --offline] [NAME ...]`: versions, licences and ages of what is bundled and what is named in
 * package.json, or of the named ones alone. Ends with 1 where a licence, a script at install, a source or Electron's age is
 * not as it has to be. The registry is asked for those that are named in package.json, by npm itself.
 */
const { values, positionals } = parseArgs({ options: { offline: { type: "boolean", default: false } }, allowPositionals: true });
const manifest = manifestSchema.parse(JSON.parse(read("package.json")));
const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
const sources = ["electron", "renderer", "shared"].flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root })).map((path) => read(path));
const all = listDependencies(lockSchema.parse(JSON.parse(read("package-lock.json"))), direct, importedPackages(sources));

const unknown = positionals.filter((name) => !direct.includes(name));
if (unknown.length > 0) {
  console.error(`Not in package.json: ${unknown.join(", ")}`);
  process.exit(2);
}
const shown = all.filter(({ name, place }) => place !== "inner" && (positionals.length === 0 || positionals.includes(name)));
const today = Date.now();
const health = values.offline ? new Map<string, Health>() : await lookUpAll(shown.filter(({ name }) => direct.includes(name)));

console.log(table([["package", "version", "licence", "place", "days old", "newest", "its days", "to look at"], ...shown.map(rowOf)]));
const inner = Object.entries(Object.groupBy(all.filter(({ place }) => place === "inner"), ({ licence }) => licence));
console.log(`\nTools' own tools: ${inner.map(([licence, ones]) => `${ones?.length ?? 0} ${licence}`).join(", ")}.`);
if (health.size === 0) console.log("\nNO AGES: the registry was not asked or did not answer. Licences, sources and scripts at install were checked.");
else console.log(`\nThe registry answered for ${health.size} of ${shown.filter(({ name }) => direct.includes(name)).length} packages.`);

const electron = judgeElectron(all.find(({ name }) => name === "electron")?.version ?? "", today);
console.log(`${electron.kind === "ending" ? "SOON: " : ""}${electron.words}`);
const problems = [...dependencyProblems(all, manifest.allowScripts), ...(electron.kind === "bad" ? [electron.words] : [])];
for (const problem of problems) console.error(`PROBLEM: ${problem}`);
console.log(problems.length === 0 ? "Nothing that may not be." : `${problems.length} that may not be.`);
process.exitCode = problems.length === 0 ? 0 : 1;

function rowOf({ name, version, licence, place }: Dependency): readonly string[] {
  const known = health.get(name);
  return [name, version, licence, place, known?.age?.toString() ?? "?", known?.newest ?? "?", known?.newestAge?.toString() ?? "?", known?.flags.join(", ") ?? ""];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n");
}

async function lookUpAll(wanted: readonly Dependency[]): Promise<ReadonlyMap<string, Health>> {
  const found = new Map<string, Health>();
  const queue = [...wanted];
  // One that fails says that the registry cannot be had; the others would only wait for the same.
  let reachable = true;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && reachable; next = queue.shift()) {
      const known = await lookUp(next.name);
      if (known === null) reachable = false;
      else found.set(next.name, judgeHealth(next, known, today));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** What the registry says of a package, asked by npm, with the person's own registry and proxy; null where there is no answer. */
function lookUp(name: string): Promise<ReturnType<typeof registrySchema.parse> | null> {
  const npm = process.env["npm_execpath"];
  if (npm === undefined) return Promise.resolve(null);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [npm, "view", name, "--json"], { stdio: ["ignore", "pipe", "ignore"], timeout: LOOK_UP_TIMEOUT_MS });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    child.on("error", () => {
      resolve(null);
    });
    child.on("close", () => {
      try {
        resolve(registrySchema.parse(JSON.parse(text)));
      } catch {
        resolve(null);
      }
    });
  });
}
