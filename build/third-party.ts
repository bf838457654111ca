import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";

/** A package of which code is in our bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX, as its package.json has it; empty where it has none. */
  readonly licence: string;
  /** The text of its licence; empty where it carries none. */
  readonly text: string;
}

/**
 * Licences under which code may be handed on with their text beside it. MPL-2.0 asks besides to say where the source is to be
 * had (its section 3.2), and that what was changed stays open: nothing was, and the text says where.
 */
const ALLOWED = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "BlueOak-1.0.0", "CC0-1.0", "MPL-2.0", "Unlicense"]);

const MIT_TERMS = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().catch(""),
  author: z.union([z.string(), z.object({ name: z.string() })]).exactOptional().catch(""),
});

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Virtual modules are code of whoever bundles: their helpers are in the bundle too. */
const HELPERS: readonly (readonly [RegExp, string])[] = [
  [/^\0?rolldown\//, "rolldown"],
  [/^\0?vite\//, "vite"],
];

/**
 * The packages that the modules belong to, by name, each once. `modules`: the ids that the bundler gives. Modules of ours and
 * what the runtime brings are left out. Rejects when a package has no readable package.json.
 */
export async function describePackages(modules: readonly string[], nodeModules: string): Promise<readonly BundledPackage[]> {
  const folders = new Set(modules.flatMap((id) => packageFolder(id, nodeModules) ?? []));
  const described = await Promise.all([...folders].map(describe));
  const byName = new Map(described.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of the package that a module is of; null for one of ours. */
export function packageFolder(id: string, nodeModules: string): string | null {
  const helper = HELPERS.find(([pattern]) => pattern.test(id));
  if (helper !== undefined) return join(nodeModules, helper[1]);
  // The id may have a mark before it, and a question after it.
  const path = id.replace(/^\0/, "").replace(/\?.*$/, "").replaceAll("\\", "/");
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return found === undefined ? null : found.replaceAll("/", sep);
}

async function describe(folder: string): Promise<BundledPackage> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
  const files = (await readdir(folder)).filter((name) => LICENCE_FILE.test(name)).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const { name, version, license: licence, author } = manifest;
  const text = texts.map((one) => ownTerms(one).trim()).join("\n\n");
  return { name, version, licence, text: text === "" ? standardText(licence, typeof author === "string" ? author : author?.name) : text };
}

/** A tool's text without those of what is bundled into the tool: only its helpers come to us. */
function ownTerms(text: string): string {
  return text.split(/^#+ *(?:Licen[cs]es? of bundled dependencies|Bundled dependencies:?) *$/im)[0] ?? "";
}

/** A package that names its licence and its author but carries no text of it: the licence's own words. Empty for other licences. */
function standardText(licence: string, author: string | undefined): string {
  return licence === "MIT" && author !== undefined ? `MIT License\n\nCopyright (c) ${author}\n\n${MIT_TERMS}` : "";
}

/** Which packages may not be bundled, and why; empty where all is well. */
export function noticeProblems(packages: readonly BundledPackage[]): readonly string[] {
  return packages.flatMap(({ name, version, licence, text }) => {
    const problems = [];
    if (!isAllowed(licence)) problems.push(`${name}@${version}: found licence ${licence === "" ? "none" : licence}, allowed ${[...ALLOWED].join(", ")}`);
    if (text === "") problems.push(`${name}@${version}: has no licence text that could go along`);
    return problems;
  });
}

/** Of alternatives one has to be allowed, of parts that hold together all. */
export function isAllowed(licence: string): boolean {
  const bare = licence.replaceAll(/[()]/g, "");
  return bare.split(/ OR /i).some((one) => one.split(/ AND /i).every((part) => ALLOWED.has(part.trim())));
}

/** The file that goes into the package. */
export function noticeText(packages: readonly BundledPackage[]): string {
  const rule = "-".repeat(80);
  const parts = packages.map(({ name, version, licence, text }) => `${rule}\n${name} ${version} (${licence})\nSource: https://www.npmjs.com/package/${name}/v/${version}\n\n${text.replaceAll("\r\n", "\n")}\n`);
  return `Callside contains code of the packages below, each under its own licence.\nElectron and Chromium bring their licences beside the program.\n\n${parts.join("\n")}`;
}
