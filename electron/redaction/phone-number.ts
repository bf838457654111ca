/** What stands between two digits of a number: one sign, or a pair such as ") " or " - ". */
const SEPARATOR = String.raw`(?: - |\) ?[-/]?|[ ]?\(|[ \-./])`;
const CANDIDATE = new RegExp(String.raw`(?<![\p{L}\d#]|\d[.,:]|\p{L}-)(?:\(?\+ ?)?\(?\d(?:${SEPARATOR}?\d){6,29}(?![\p{L}\d]|[.,:]\d)`, "gu");

const MIN_DIGITS = 7;
/** ITU-T E.164. */
const MAX_DIGITS = 15;

/** Words before a number that say that it is one to call, in the languages that Callside listens in. */
const PHONE_WORDS = /(?:phone|mobile|\bcell|\bcall|\bring|\btext me|\btel\b|\bfax|telefon|handy|rufnummer|anrufen|r\u00fcckruf|erreichbar|m\u00f3vil|movil|ll\u00e1m|t\u00e9l\u00e9phone|portable|appel|cellulare|chiam|bellen|mobiel|telem\u00f3vel|celular|ligar)/giu;
/** Words before a number that say that it is something else. */
const OTHER_WORDS = /(?:order|reference|\bref\b|ticket|invoice|\bcase\b|tracking|account|contract|customer (?:number|id)|booking|serial|policy|bestell|auftrag|rechnung|vorgang|kunden|konto|vertrag|sendung|pedido|factura|referencia|cuenta|contrato|commande|facture|dossier|compte|ordine|fattura|conto|contratto|factuur|rekening|fatura|conta\b)/giu;
const CONTEXT_CHARS = 40;

const MONEY_BEFORE = /(?:[$\u20ac\u00a3\u00a5]|\b(?:eur|usd|gbp|chf))\s*$/iu;
const MONEY_AFTER = /^(?:[.,]\d{1,2})?\s*(?:[$\u20ac\u00a3\u00a5%]|(?:eur(?:os?)?|usd|gbp|chf|dollars?|pounds?|cents?|percent|prozent)\b)/iu;

const DATE =
  /(?<!\d|\d[./-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?!\d|[./-]\d)/gu;

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The phone numbers in a text whose digits, spaces and dashes are ASCII. International ones (`+` or `00`), national ones
 * (a leading 0 and at least nine digits), and the shapes in which numbers without a leading 0 are written (555-123-4567,
 * (555) 123-4567, 612 345 678); any run of seven digits and more after a word such as "call me". Amounts, dates and what
 * follows "order", "invoice" and the like are none.
 */
export function phoneNumbers(text: string): readonly Stretch[] {
  const dates = [...text.matchAll(DATE)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const found: Stretch[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const whole = { start: match.index, end: match.index + match[0].length };
    for (const part of outside(whole, dates)) {
      found.push(...numbersIn(text, part));
    }
  }
  return found;
}

/** Whether digits that were spoken one by one are a phone number, by what stands before them. */
export function isSpokenPhone(text: string, start: number, digits: string): boolean {
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return false;
  const context = contextOf(text, start);
  if (context === "other") return false;
  return context === "phone" || /(?:\+|plus|m\u00e1s|pi\u00f9|mais)\s*$/iu.test(text.slice(0, start)) || (digits.startsWith("0") && digits.length >= 9);
}

/** What a candidate leaves beside the dates in it. */
function outside(whole: Stretch, dates: readonly Stretch[]): readonly Stretch[] {
  let start = whole.start;
  const parts: Stretch[] = [];
  for (const date of dates) {
    if (date.end <= start || date.start >= whole.end) continue;
    parts.push({ start, end: Math.max(start, date.start) });
    start = date.end;
  }
  parts.push({ start, end: whole.end });
  return parts;
}

/**
 * The numbers in a stretch of digits and separators. Two numbers may stand in one stretch, and something else behind
 * them: a division that leaves nothing over is the best, else the longest number goes first.
 */
function numbersIn(text: string, part: Stretch): readonly Stretch[] {
  const raw = text.slice(part.start, part.end);
  const start = part.end - raw.replace(/^[^\d+(]+/u, "").length;
  const context = contextOf(text, start);
  let longest: readonly Stretch[] | null = null;
  for (let end = start + text.slice(start, part.end).replace(/\D+$/u, "").length; end > start; end = shorter(text, start, end)) {
    if (!isPhone(text.slice(start, end), context) || isMoney(text, start, end)) continue;
    const rest = numbersIn(text, { start: end, end: part.end });
    const all = [{ start, end }, ...rest];
    if (!/\d/u.test(text.slice(rest.at(-1)?.end ?? end, part.end))) return all;
    longest ??= all;
  }
  if (longest !== null) return longest;
  // A small number may stand just before ("2 0171 1234567").
  const small = /^\d{1,2} /u.exec(text.slice(start, part.end));
  return small === null ? [] : numbersIn(text, { start: start + small[0].length, end: part.end });
}

/** The end of a stretch without its last group of digits. */
function shorter(text: string, start: number, end: number): number {
  return start + text.slice(start, end).replace(/\D*\d+$/u, "").length;
}

function isPhone(written: string, context: Context): boolean {
  const digits = written.replaceAll(/\D/gu, "");
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return false;
  const international = /^\(?\+/u.test(written);
  if (international) return true;
  if (context === "other") return false;
  if (context === "phone") return true;
  if (digits.startsWith("00")) return digits.length >= 10 && digits[2] !== "0";
  if (digits.startsWith("0")) return digits.length >= 9;
  // Written as people write numbers to call, where the trunk prefix 0 is not in use.
  return (
    /^(?:1[ \-.])?\(\d{3}\)[ \-.]?\d{3}[ \-.]\d{4}$/u.test(written) ||
    /^(?:1[ \-.])?\d{3}([ \-.])\d{3}\1\d{4}$/u.test(written) ||
    /^[6-9]\d{2}([ -])\d{3}\1\d{3}$/u.test(written) ||
    /^[6-9]\d{2}([ -])\d{2}\1\d{2}\1\d{2}$/u.test(written)
  );
}

function isMoney(text: string, start: number, end: number): boolean {
  return MONEY_BEFORE.test(text.slice(Math.max(0, start - 8), start)) || MONEY_AFTER.test(text.slice(end, end + 16));
}

type Context = "phone" | "other" | "none";

/** Which kind of word stands last before a number, in the same sentence and near it. */
function contextOf(text: string, start: number): Context {
  const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start).split(/[.!?;]\s/u).at(-1) ?? "";
  const last = (words: RegExp): number => [...before.matchAll(words)].at(-1)?.index ?? -1;
  const phone = last(PHONE_WORDS);
  const other = last(OTHER_WORDS);
  if (phone < 0 && other < 0) return "none";
  return phone > other ? "phone" : "other";
}
