/** Markup that was made here, and not text that somebody said. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not; null is nothing. */
export type Part = string | number | Markup | readonly Markup[] | null;

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** Control characters that HTML does not take. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

/**
 * A template for HTML that escapes everything but markup that it made itself, for text between tags and for attributes
 * in double quotes. What HTML cannot hold is replaced by U+FFFD.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((made, text, index) => `${made}${partMarkup(parts[index - 1] ?? null)}${text}`) };
}

/** Several pieces in a row. */
export function join(pieces: readonly Markup[]): Markup {
  return { markup: pieces.map(({ markup }) => markup).join("") };
}

/** The piece, or nothing. */
export function when(condition: boolean, piece: () => Markup): Markup | null {
  return condition ? piece() : null;
}

function partMarkup(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escapeText(String(part));
  return "markup" in part ? part.markup : join(part).markup;
}

function escapeText(text: string): string {
  return text.toWellFormed().replaceAll(CONTROLS, "\uFFFD").replaceAll(/[&<>"']/g, (char) => references[char] ?? char);
}
