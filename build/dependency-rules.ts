import { z } from "zod";
import { isAllowed } from "./third-party.ts";

/** What the lock file says of one installed package. */
const lockedSchema = z.object({
  version: z.string(),
  resolved: z.string().exactOptional(),
  integrity: z.string().exactOptional(),
  license: z.string().catch("").default(""),
  hasInstallScript: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
export const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema.partial({ version: true })) });
export const manifestSchema = z.object({ devDependencies: z.record(z.string(), z.string()), dependencies: z.record(z.string(), z.string()).default({}), allowScripts: z.record(z.string(), z.boolean()).default({}) });

/** What the registry says of a package, as far as it is looked at; `time` by version. */
export const registrySchema = z.object({
  time: z.record(z.string(), z.string()),
  "dist-tags": z.object({ latest: z.string() }),
  deprecated: z.string().exactOptional(),
  maintainers: z.array(z.unknown()).exactOptional(),
});

/** `bundled`: its code may be in the program. `direct`: named in package.json. `inner`: a tool's own tool. */
export type Place = "bundled" | "direct" | "inner";

export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** SPDX; empty where the lock file has none. */
  readonly licence: string;
  readonly place: Place;
  readonly hasInstallScript: boolean;
  readonly resolved: string;
  readonly integrity: string;
}

const REGISTRY = "https://registry.npmjs.org/";
/** Beyond what may be handed on: licences of tools that stay on our machines. */
const TOOL_LICENCES = new Set(["Python-2.0", "WTFPL", "CC-BY-4.0"]);
/** Found through a bundled package, and known not to be in the program: the package's notices name what is. */
const LEFT_OUT: Readonly<Record<string, string>> = { argparse: "js-yaml's command line only" };
const DAY_MS = 86_400_000;
const QUIET_DAYS = 730;

type Lock = z.infer<typeof lockSchema>;

/**
 * Every installed package, each version once, by name. `imported`: what our own sources import, from where the bundled ones are
 * followed through their dependencies: at most those can be in the program, and the package's own notices say which are.
 */
export function listDependencies({ packages }: Lock, direct: readonly string[], imported: readonly string[]): readonly Dependency[] {
  const bundled = new Set<string>();
  const open = imported.map((name) => `node_modules/${name}`);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const found = packages[path];
    if (found === undefined || bundled.has(path)) continue;
    bundled.add(path);
    const from = path;
    for (const name of Object.keys({ ...found.dependencies, ...found.optionalDependencies })) open.push(resolvePath(packages, from, name));
  }
  const all = Object.entries(packages).flatMap(([path, one]): readonly (readonly [string, Dependency])[] => {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (name === "" || one.version === undefined) return [];
    const place: Place = bundled.has(path) ? "bundled" : path === `node_modules/${name}` && direct.includes(name) ? "direct" : "inner";
    return [[`${name}@${one.version} ${place}`, { name, version: one.version, licence: one.license, place, hasInstallScript: one.hasInstallScript, resolved: one.resolved ?? "", integrity: one.integrity ?? "" }]];
  });
  return [...new Map(all).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a package finds another: in its own folder, or the next one outwards. */
function resolvePath(packages: Lock["packages"], from: string, name: string): string {
  for (let base = from; base !== ""; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    if (packages[`${base}/node_modules/${name}`] !== undefined) return `${base}/node_modules/${name}`;
  }
  return `node_modules/${name}`;
}

/** What may not be: licences, scripts that would run at install, packages from elsewhere or without a hash. Empty where all is well. */
export function dependencyProblems(dependencies: readonly Dependency[], allowScripts: Readonly<Record<string, boolean>>): readonly string[] {
  const running = Object.entries(allowScripts).flatMap(([name, runs]) => (runs && name !== "node" ? [`allowScripts: ${name} may run a script at install; only node may`] : []));
  return [
    ...running,
    ...dependencies.flatMap(({ name, version, licence, place, hasInstallScript, resolved, integrity }) => {
      const id = `${name}@${version}`;
      const problems: string[] = [];
      const isTool = place !== "bundled" || Object.hasOwn(LEFT_OUT, name);
      if (!isLicensed(licence, isTool)) problems.push(`${id}: licence ${licence === "" ? "unknown" : licence} is not on the list ${isTool ? "for tools" : "of what may be handed on"}`);
      if (hasInstallScript && !Object.hasOwn(allowScripts, name)) problems.push(`${id}: has a script at install, and allowScripts in package.json says neither yes nor no`);
      // Where the lock file names no place (.npmrc says so), it is the registry of whoever installs, held to the hash.
      if (resolved !== "" && !resolved.startsWith(REGISTRY)) problems.push(`${id}: comes from ${resolved}, not from ${REGISTRY}`);
      if (!integrity.startsWith("sha512-")) problems.push(`${id}: the lock file has no SHA-512 of it`);
      return problems;
    }),
  ];
}

function isLicensed(licence: string, isTool: boolean): boolean {
  if (isAllowed(licence)) return true;
  const parts = licence.replaceAll(/[()]/gu, "").split(/ OR /iu);
  return isTool && parts.some((one) => TOOL_LICENCES.has(one.trim()));
}

/** How old a package is and what a person should look at. Ages in days; null where the registry does not say. */
export interface Health {
  readonly age: number | null;
  readonly newest: string;
  readonly newestAge: number | null;
  readonly flags: readonly string[];
}

export function judgeHealth({ version }: Pick<Dependency, "version">, known: z.infer<typeof registrySchema>, today: number): Health {
  const newest = known["dist-tags"].latest;
  const daysSince = (of: string): number | null => {
    const at = Date.parse(known.time[of] ?? "");
    return Number.isNaN(at) ? null : Math.floor((today - at) / DAY_MS);
  };
  const [age, newestAge] = [daysSince(version), daysSince(newest)];
  const flags = [
    ...(known.deprecated === undefined ? [] : ["deprecated"]),
    ...(newestAge !== null && newestAge > QUIET_DAYS ? ["no release for two years"] : []),
    ...(known.maintainers?.length === 1 ? ["one maintainer"] : []),
    ...(major(newest) > major(version) ? [`behind ${newest}`] : []),
    ...(age === null ? ["version unknown to the registry"] : []),
  ];
  return { age, newest, newestAge, flags };
}

function major(version: string): number {
  return Number(version.split(".")[0]);
}

/** The packages that sources import when they run; types alone and what Node brings are left out. */
export function importedPackages(sources: readonly string[]): readonly string[] {
  const found = sources.flatMap((text) => [...text.matchAll(/^\s*(?:import|export)(?! type\b)[^;"']*?["']([^"'.][^"']*)["']|\bimport\(\s*["']([^"'.][^"']*)["']/gmu)].map((match) => match[1] ?? match[2] ?? ""));
  const names = found.map((id) => id.split("/").slice(0, id.startsWith("@") ? 2 : 1).join("/"));
  return [...new Set(names)].filter((name) => name !== "" && !name.startsWith("node:") && name !== "electron").toSorted();
}
