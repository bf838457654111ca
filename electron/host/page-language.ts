import type { Language } from "../../shared/language.ts";
import type { StaticFile, StaticFiles } from "./static-files.ts";

/** What a browser sends is no longer than this before it is of no use. */
const MAX_TAGS = 20;
/** The tag by which the page knows its language as long as it is loaded. */
const BUILT = '<html lang="en"';

/** A file of the panel; where it is the page, it says the language that holds. */
export function findInLanguage(files: StaticFiles, path: string, language: () => Language): StaticFile | undefined {
  const file = files.find(path);
  if (file === undefined || !file.contentType.startsWith("text/html")) return file;
  const now = language();
  if (now === "en") return file;
  const page = new TextDecoder().decode(file.body);
  return { ...file, body: new TextEncoder().encode(page.replace(BUILT, `<html lang="${now}"`)) };
}

/** The tags of a browser's `Accept-Language` (RFC 9110, 12.5.4), the most wanted first; what is not wanted (q=0) or not understood is left out. */
export function acceptedLanguages(header: string | undefined): readonly string[] {
  return (header ?? "")
    .split(",", MAX_TAGS)
    .flatMap((entry) => {
      const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim());
      const weight = Number(parameters.find((one) => /^q=/iu.test(one))?.slice(2) ?? "1");
      return /^[a-z0-9-]{1,35}$/iu.test(tag) && weight > 0 && weight <= 1 ? [{ tag, weight }] : [];
    })
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
