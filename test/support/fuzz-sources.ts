import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** One of our own source files, without its comments. */
export interface SourceText {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The sources that a pattern finds (`electron/**\/*.ts`). Throws where it finds none, as a check of nothing would pass. */
export function sourceTexts(pattern: string): readonly SourceText[] {
  const paths = globSync(pattern, { cwd: root });
  if (paths.length === 0) throw new Error(`no source is called ${pattern}`);
  return paths.map((path) => ({ path: path.replaceAll("\\", "/"), text: withoutComments(readFileSync(`${root}${path}`, "utf8")) }));
}

/** The places where sources say what a pattern looks for, as `path: words`. */
export function mentions(sources: readonly SourceText[], pattern: RegExp): readonly string[] {
  return sources.flatMap(({ path, text }) => [...text.matchAll(new RegExp(pattern, "gu"))].map(([found]) => `${path}: ${found}`));
}

/** Whole-line and block comments only: what stands behind code stays, so nothing of the code is lost. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/^\s*\/\/.*$/gmu, "");
}
