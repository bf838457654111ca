import type { Span } from "../../shared/interaction.ts";
import { passesIbanCheck, passesLuhn } from "./checksums.ts";
import { isSpokenPhone, phoneNumbers, type Stretch } from "./phone-number.ts";
import { spokenNumbers } from "./spoken-digits.ts";

type Kind = "card" | "iban" | "e-mail" | "phone";

interface Found extends Stretch {
  readonly kind: Kind;
}

const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}\p{L}{2,24}/gu;
const IBAN_START = /(?<![\p{L}\d])[A-Za-z]{2}\d{2}/gu;
const IBAN = /^[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,30}/u;
/** 34 letters and digits with a separator after each. */
const MAX_IBAN_CHARS = 68;
const DIGIT_RUN = /(?<![\d\p{L}])\d(?:[ \-./]{0,2}\d){12,}(?!\d)/gu;
const MIN_CARD = 13;
const MAX_CARD = 19;

/**
 * A text with card numbers, IBANs, e-mail addresses and phone numbers replaced by `[card]`, `[iban]`, `[e-mail]` and
 * `[phone]` (contract 0, "personal data"). Card numbers and IBANs must pass their checksum; cards and phone numbers are
 * also found where they are spoken digit by digit, since that is how they come out of speech recognition. A number that
 * is spread over several utterances is not found.
 */
export function maskText(text: string): string {
  return maskMarked(text, []).text;
}

/** What {@link maskText} would mask, as it stands in the text. */
export function personalIn(text: string): readonly string[] {
  return findPersonal(text).map(({ start, end }) => text.slice(start, end));
}

/** {@link maskText}, with spans of the text moved to where their words now stand; those that touch a mask are left out. */
export function maskMarked(text: string, spans: readonly Span[]): { readonly text: string; readonly spans: readonly Span[] } {
  const found = findPersonal(text);
  if (found.length === 0) return { text, spans };
  let out = "";
  let from = 0;
  for (const { kind, start, end } of found) {
    out += `${text.slice(from, start)}[${kind}]`;
    from = end;
  }
  const moved = spans.filter((span) => found.every((one) => one.end <= span.start || one.start >= span.end));
  return { text: out + text.slice(from), spans: moved.map((span) => moveSpan(span, found)) };
}

function moveSpan(span: Span, found: readonly Found[]): Span {
  let shift = 0;
  for (const { kind, start, end } of found) if (end <= span.start) shift += kind.length + 2 - (end - start);
  return { start: span.start + shift, end: span.end + shift };
}

/** What is to be masked, in order and not overlapping; of two that overlap, the more certain kind is kept. */
function findPersonal(text: string): readonly Found[] {
  if (text.length < 5) return [];
  const folded = foldSigns(text);
  const found: Found[] = [];
  const add = (kind: Kind, stretches: Iterable<Stretch>): void => {
    for (const { start, end } of stretches) {
      if (found.every((one) => one.end <= start || one.start >= end)) found.push({ kind, start, end });
    }
  };
  if (folded.includes("@")) add("e-mail", [...folded.matchAll(EMAIL)].map(stretchOf));
  add("iban", ibans(folded));
  add("card", cards(folded));
  addSpoken(folded, add);
  add("phone", phoneNumbers(folded));
  return found.toSorted((a, b) => a.start - b.start);
}

function stretchOf(match: RegExpExecArray): Stretch {
  return { start: match.index, end: match.index + match[0].length };
}

/** Digits, spaces, dashes and plus signs of other scripts and widths as ASCII, each one code unit, so places stay. */
function foldSigns(text: string): string {
  return text.replaceAll(/[\u00a0\u2000-\u200a\u202f\u2010-\u2015\u2212\uff01-\uff5e\u0660-\u0669\u06f0-\u06f9]/gu, (sign) => {
    const code = sign.charCodeAt(0);
    if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
    if (code >= 0x2010 && code <= 0x2015) return "-";
    if (code === 0x2212) return "-";
    if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0);
    if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660);
    return " ";
  });
}

/** The check digits say where an IBAN ends; the words after it may look like more of it. */
function* ibans(text: string): Generator<Stretch> {
  for (const { index: start } of text.matchAll(IBAN_START)) {
    const candidate = IBAN.exec(text.slice(start, start + MAX_IBAN_CHARS))?.[0] ?? "";
    for (let written = candidate; written.length >= 15; written = written.slice(0, -1)) {
      const end = start + written.length;
      if (/[ -]$/u.test(written) || /^[A-Za-z\d]/u.test(text.slice(end, end + 1))) continue;
      if (!passesIbanCheck(written.replaceAll(/[ -]/gu, ""))) continue;
      yield { start, end };
      break;
    }
  }
}

interface Group extends Stretch {
  readonly digits: string;
}

function* cards(text: string): Generator<Stretch> {
  for (const match of text.matchAll(DIGIT_RUN)) {
    const groups = [...match[0].matchAll(/\d+/gu)].map((group) => ({
      digits: group[0],
      start: match.index + group.index,
      end: match.index + group.index + group[0].length,
    }));
    yield* cardsAmong(groups);
  }
}

/** The longest card numbers that begin and end with a group: what stands before or behind may be another number. */
function* cardsAmong(groups: readonly Group[]): Generator<Stretch> {
  for (let first = 0; first < groups.length; first += 1) {
    let digits = "";
    let last = -1;
    for (let index = first; index < groups.length && digits.length <= MAX_CARD; index += 1) {
      digits += groups[index]?.digits ?? "";
      const whole = first === 0 && index === groups.length - 1;
      if (isCard(digits, whole)) last = index;
    }
    const start = groups[first]?.start;
    const end = groups[last]?.end;
    if (start === undefined || end === undefined) continue;
    yield { start, end };
    first = last;
  }
}

/** Part of a longer run has to begin as cards of today's networks do: one in ten runs passes the check by chance. */
function isCard(digits: string, whole: boolean): boolean {
  if (digits.length < MIN_CARD || digits.length > MAX_CARD) return false;
  return (whole || /^[2-6]/u.test(digits)) && passesLuhn(digits);
}

function addSpoken(text: string, add: (kind: Kind, stretches: Iterable<Stretch>) => void): void {
  for (const run of spokenNumbers(text)) {
    const found = [...cardsAmong(run)];
    add("card", found);
    const [first] = run;
    const last = run.at(-1);
    if (found.length > 0 || first === undefined || last === undefined) continue;
    if (isSpokenPhone(text, first.start, run.map((token) => token.digits).join(""))) add("phone", [{ start: first.start, end: last.end }]);
  }
}
