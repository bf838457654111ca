/**
 * Letters that look like a Latin one without being compatible to it by Unicode's own tables, after case folding.
 * Chosen from the confusables of Unicode TR 39: Cyrillic, Greek, Armenian and Cherokee letters, small capitals, and
 * Latin letters with strokes, which no decomposition takes off. Each line: the Latin letters, then their doubles.
 */
const DOUBLES: readonly (readonly [latin: string, doubles: string])[] = [
  ["a", "аαɑᴀꭺⱥ"],
  ["b", "вβƀɓʙᏼ"],
  ["c", "сϲᴄꮯƈȼↄ"],
  ["d", "ԁᴅđɗðꭰ"],
  ["e", "еεєҽᴇꭼɇɛəℯ"],
  ["f", "ƒꜰ"],
  ["g", "ɡԍցɢǥɠꮐ"],
  ["h", "һнհʜħɦꮋ"],
  ["i", "іιɩɪꭵɨ"],
  ["j", "јյϳᴊꭻɉʝ"],
  ["k", "кκᴋꮶƙ"],
  ["l", "ӏʟłɫɭƚꮮ"],
  ["m", "мᴍɱꮇ"],
  ["n", "ηոɴɲŋƞпռ"],
  ["o", "оοσօᴏøɵ"],
  ["p", "рρᴘþꮲƥ"],
  ["q", "ԛզʠɋ"],
  ["r", "ʀɍɾꭱꮢ"],
  ["s", "ѕꜱʂꮪꮥ"],
  ["t", "тτᴛŧƭꭲ"],
  ["u", "υμսᴜʉ"],
  ["v", "νѵᴠꮩʋ"],
  ["w", "ԝωᴡɯꮃꮤ"],
  ["x", "хχ"],
  ["y", "уγүʏɏƴყ"],
  ["z", "ᴢƶȥꮓ"],
  ["ae", "æ"],
  ["oe", "œ"],
];

/** Greek capitals whose small form looks like another Latin letter than they do themselves. */
const CAPITALS: readonly (readonly [latin: string, capital: string])[] = [
  ["H", "Η"],
  ["N", "Ν"],
  ["Y", "Υ"],
  ["M", "Μ"],
];

const latinOf = new Map(DOUBLES.flatMap(([latin, doubles]) => Array.from(doubles, (double) => [double, latin] as const)));
const latinCapitalOf = new Map(CAPITALS.map(([latin, capital]) => [capital, latin] as const));

/** A word in which Latin and Greek letters stand together: nobody writes one but to be misread. */
const isMixed = (word: string): boolean => /[A-Za-z]/.test(word) && /[Α-Ω]/.test(word);
const WORD = /[\p{L}\p{M}]+/gu;
/** Letters on a dark square or circle, and the halves of flags. */
const BADGE = /[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}]/gu;
const BADGE_STARTS = [0x1_f1_e6, 0x1_f1_70, 0x1_f1_50] as const;

/** Before case folding: capitals that only pass for Latin ones, and letters drawn as symbols. */
export function unmaskCapitals(text: string): string {
  return text
    .replaceAll(BADGE, (badge) => {
      const code = badge.codePointAt(0) ?? 0;
      const start = BADGE_STARTS.find((first) => code >= first) ?? code;
      return String.fromCodePoint(0x61 + code - start);
    })
    .replaceAll(WORD, (word) =>
      isMixed(word) ? Array.from(word, (letter) => latinCapitalOf.get(letter) ?? letter).join("") : word,
    );
}

/** After case folding: every letter that looks like a Latin one becomes it. */
export function unmaskLetters(folded: string): string {
  let unmasked = "";
  for (const letter of folded) unmasked += latinOf.get(letter) ?? letter;
  return unmasked;
}
