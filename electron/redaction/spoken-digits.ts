/** Digits as they are spoken, in the languages that Callside listens in, without accents and in lower case. */
const WORDS: readonly (readonly string[])[] = [
  ["zero", "oh", "null", "cero", "nul"],
  ["one", "eins", "uno", "un", "een", "um"],
  ["two", "zwei", "zwo", "dos", "deux", "due", "twee", "dois"],
  ["three", "drei", "tres", "trois", "tre", "drie"],
  ["four", "vier", "cuatro", "quatre", "quattro", "quatro"],
  ["five", "funf", "cinco", "cinq", "cinque", "vijf"],
  ["six", "sechs", "seis", "sei", "zes", "meia"],
  ["seven", "sieben", "siete", "sept", "sette", "zeven", "sete"],
  ["eight", "acht", "ocho", "huit", "otto", "oito"],
  ["nine", "neun", "nueve", "neuf", "nove", "negen"],
];
const DIGITS: ReadonlyMap<string, string> = new Map(WORDS.flatMap((words, digit) => words.map((word) => [word, String(digit)] as const)));
const REPEATS: ReadonlyMap<string, number> = new Map([["double", 2], ["doppel", 2], ["doble", 2], ["triple", 3]]);

/** What counts as one token: a word, or digits as written. */
const TOKEN = /\p{L}+|\d+/gu;
/** What may stand between two tokens of one number. */
const GAP = /^[\s,.-]{1,3}$/u;

/** One token of a number that was spoken digit by digit, and where it stands (UTF-16 code units, end exclusive). */
export interface DigitToken {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of a text in which a number is spoken digit by digit ("four one double one ..."), mixed with written
 * digits perhaps. Only stretches of which at least half are words: the rest is a number as written.
 */
export function spokenNumbers(text: string): readonly (readonly DigitToken[])[] {
  const runs: DigitToken[][] = [];
  let run: DigitToken[] = [];
  let words = 0;
  let repeat = 1;
  let lastEnd = 0;
  const finish = (): void => {
    if (run.length >= 7 && words * 2 >= run.length) runs.push(run);
    run = [];
    words = 0;
    repeat = 1;
  };
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const start = match.index;
    if (run.length > 0 && !GAP.test(text.slice(lastEnd, start))) finish();
    lastEnd = start + token.length;
    const folded = token.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
    const times = REPEATS.get(folded);
    const digits = /^\d/u.test(token) ? token : DIGITS.get(folded);
    if (times !== undefined) {
      repeat = times;
    } else if (digits === undefined) {
      finish();
    } else {
      if (digits !== token) words += 1;
      run.push({ digits: digits.repeat(digits.length === 1 ? repeat : 1), start, end: lastEnd });
      repeat = 1;
    }
  }
  finish();
  return runs;
}
