import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import type { Language } from "../../shared/language.ts";

/** The panel's sources. */
export const RENDERER = fileURLToPath(new URL("../../renderer/", import.meta.url));

/** One text of a catalogue: where it stands, and what it is. */
export interface Entry {
  readonly file: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Does something as a page of a language, with modules of its own, which have their language as long as they live. */
export async function onPageIn<T>(language: Language, act: () => Promise<T>): Promise<T> {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: { lang: language } });
  try {
    return await act();
  } finally {
    vi.unstubAllGlobals();
    vi.resetModules();
  }
}

/** All texts of a language on a page of that language, by file; a list of texts is one entry. */
export function entriesOf(language: Language): Promise<readonly Entry[]> {
  return onPageIn(language, () => readEntries(language));
}

async function readEntries(language: Language): Promise<readonly Entry[]> {
  const folder = join(RENDERER, "texts", language);
  const files = (await readdir(folder)).filter((file) => file.endsWith("-texts.ts"));
  const modules = await Promise.all(files.map(async (file) => [file, (await import(join(folder, file))) as Record<string, unknown>] as const));
  return modules.flatMap(([file, names]) => Object.values(names).flatMap((catalogue) => leaves(file, [], catalogue)));
}

function leaves(file: string, path: readonly string[], value: unknown): readonly Entry[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ file, path, value }];
  return Object.entries(value).flatMap(([key, one]) => leaves(file, [...path, key], one));
}

/** What a text says: itself, or of a function what it says of one, of several, and of words. */
export function sayings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== "function") throw new Error(`a catalogue holds texts and functions, found: ${typeof value}`);
  const say = value as (...values: unknown[]) => unknown;
  const hops = ["genesys", "bot", "reply"].map((hop, index) => ({ hop, level: index === 1 ? "critical" : "normal", recentMs: 1_240, count: 9 }));
  const simple = [1, 7, "Wort", ["Wort", "Wort", "Wort"]];
  const said = [simple, [{ hops, elevatedMs: 500, criticalMs: 1_000 }]].find((values) => tried(say, values).length > 0);
  if (said === undefined) throw new Error(`no value that is tried here suits ${value.toString()}`);
  return tried(say, said);
}

function tried(say: (...values: unknown[]) => unknown, values: readonly unknown[]): readonly string[] {
  return values.flatMap((one) => {
    try {
      return [String(say(one, one, one, one, one))];
    } catch (error) {
      // A text of words takes no number, and one of a list no word.
      if (error instanceof TypeError) return [];
      throw error;
    }
  });
}

export interface Source {
  readonly name: string;
  readonly text: string;
}

/** The panel's sources but its texts. */
export async function sourcesOfPanel(): Promise<readonly Source[]> {
  const names = (await readdir(RENDERER, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const wanted = names.filter((name) => /\.tsx?$/u.test(name) && !name.startsWith("texts/"));
  return Promise.all(wanted.map(async (name) => ({ name, text: await readFile(join(RENDERER, name), "utf8") })));
}
