import type { Entity, EntityValue } from "./entity.ts";

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"] as const;
const MONTH = `(${MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join("|")}|sept)`;
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const YEAR = "(?:,?\\s+(\\d{4}))?";
const AMOUNT = "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)";

/**
 * Everything that the practice bot can pick out, in the order in which it is looked for: what an earlier one has taken
 * is not there for a later one.
 */
export const shopEntities: readonly Entity[] = [
  {
    kind: "pattern",
    name: "email",
    circumstance: true,
    standsFor: "email",
    // 64 is what the part before the @ may have (RFC 5321); without an end every place of a long text would be read to its end.
    patterns: [{ regex: /\b([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)\b/giu, read: ([text = ""]) => text.toLowerCase() }],
  },
  {
    kind: "pattern",
    name: "order_id",
    circumstance: false,
    standsFor: "order",
    patterns: [
      // As it is printed; the hyphen is put in where it was not said.
      { regex: /\bord([-_]?)\s?(\d{2,10})\b/giu, read: ([mark = "", digits = ""]) => `ORD${mark === "" ? "-" : mark}${digits}` },
      { regex: /\border\s+(?:(?:number|no\.?|nr\.?|id)\s*(?:is\s+)?)?#?\s?(\d{3,10})\b/giu, read: ([digits = ""]) => `ORD-${digits}` },
    ],
  },
  {
    kind: "pattern",
    name: "voucher_code",
    circumstance: false,
    standsFor: "voucher",
    patterns: [{ regex: /\b([A-Z]{3,12}\d{2,4})\b/gu, read: ([code = ""]) => code }],
  },
  {
    kind: "pattern",
    name: "amount",
    circumstance: true,
    standsFor: "amount",
    patterns: [
      { regex: new RegExp(`[$€£]\\s?${AMOUNT}(?!\\d)`, "gu"), read: ([text = ""]) => readAmount(text) },
      { regex: new RegExp(`\\b${AMOUNT}\\s?(?:[$€£]|(?:dollars?|bucks|euros?|pounds?|usd|eur|gbp)\\b)`, "giu"), read: ([text = ""]) => readAmount(text) },
      { regex: new RegExp(`\\b(?:usd|eur|gbp)\\s?${AMOUNT}(?!\\d)`, "giu"), read: ([text = ""]) => readAmount(text) },
    ],
  },
  {
    // Days that depend on today stay words, so that the same words come to the same value on any day.
    kind: "pattern",
    name: "date",
    circumstance: true,
    standsFor: "date",
    patterns: [
      { regex: /\b(\d{4})-(\d{2})-(\d{2})\b/gu, read: ([year = "", month = "", day = ""]) => readDate(year, Number(month), Number(day)) },
      { regex: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/gu, read: ([day = "", month = "", year = ""]) => readDate(year, Number(month), Number(day)) },
      { regex: new RegExp(`\\b${DAY}\\s+(?:of\\s+)?${MONTH}\\b${YEAR}`, "giu"), read: ([day = "", month = "", year = ""]) => readDate(year, monthNumber(month), Number(day)) },
      { regex: new RegExp(`\\b${MONTH}\\s+${DAY}\\b${YEAR}`, "giu"), read: ([month = "", day = "", year = ""]) => readDate(year, monthNumber(month), Number(day)) },
      { regex: /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow)s?\b/giu, read: ([word = ""]) => word.toLowerCase() },
    ],
  },
  {
    kind: "list",
    name: "product",
    circumstance: false,
    rows: [
      ["coffee machine", "coffee maker", "espresso machine", "espresso maker"],
      ["washing machine", "washer"],
      ["vacuum cleaner", "vacuum", "hoover"],
      ["headphones", "headset", "earphones", "earbuds"],
      ["laptop", "notebook"],
      ["desk lamp", "lamp", "reading light"],
      ["kettle", "water boiler"],
      ["toaster"],
      ["blender", "mixer", "smoothie maker"],
      ["tablet"],
    ],
  },
  {
    kind: "list",
    name: "city",
    circumstance: true,
    rows: [
      ["Berlin"],
      ["Hamburg"],
      ["Munich", "München", "Muenchen"],
      ["Cologne", "Köln", "Koeln"],
      ["Vienna", "Wien"],
      ["Zurich", "Zürich", "Zuerich"],
      ["London"],
      ["New York", "NYC"],
    ],
  },
];

/** A comma before three digits parts thousands, before one or two it is the decimal sign. */
function readAmount(text: string): number {
  return Number(text.replaceAll(/,(?=\d{3})/g, "").replace(",", "."));
}

function monthNumber(name: string): number {
  return MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;
}

/** `YYYY-MM-DD`, or `MM-DD` where no year was said. */
function readDate(year: string, month: number, day: number): EntityValue | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const parts = [month, day].map((part) => String(part).padStart(2, "0"));
  return (year === "" ? parts : [year, ...parts]).join("-");
}
