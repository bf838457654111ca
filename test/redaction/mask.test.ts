import { array, assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { maskMarked, maskText } from "../../electron/redaction/mask.ts";

describe("what is masked", () => {
  test.each([
    // Cards: numbers that the networks publish for tests.
    ["my card is 4111 1111 1111 1111", "my card is [card]"],
    ["4111111111111111", "[card]"],
    ["4111-1111-1111-1111, valid till 12/27", "[card], valid till 12/27"],
    ["Amex 3782 822463 10005 please", "Amex [card] please"],
    ["it is 4222222222222.", "it is [card]."],
    ["6304 0000 0000 0000 000", "[card]"],
    ["card 5555 5555 5555 4444 then 42", "card [card] then 42"],
    ["4111 1111 1111 1111 12 27", "[card] 12 27"],
    ["take ４１１１ １１１１ １１１１ １１１１ now", "take [card] now"],
    ["4111\u00a01111\u00a01111\u00a01111", "[card]"],
    ["4111\u20111111\u20111111\u20111111", "[card]"],
    ["two: 4111111111111111 and 5555555555554444", "two: [card] and [card]"],
    ["four one one one one one one one one one one one one one one one", "[card]"],
    ["it's four triple one, double one double one, double one double one, double one double one thanks", "it's [card] thanks"],
    ["vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins", "[card]"],
    // IBANs: the examples of the registry.
    ["IBAN DE89 3704 0044 0532 0130 00 and then", "IBAN [iban] and then"],
    ["GB29NWBK60161331926819", "[iban]"],
    ["my iban is de89370400440532013000.", "my iban is [iban]."],
    ["FR14 2004 1010 0505 0001 3M02 606 merci", "[iban] merci"],
    ["ES91 2100 0418 4502 0005 1332", "[iban]"],
    ["NO93 8601 1117 947", "[iban]"],
    // E-mail.
    ["write to jane.doe+shop@example.co.uk, please", "write to [e-mail], please"],
    ["<o'neil@example.com>", "<[e-mail]>"],
    ["müller@exämple.de", "[e-mail]"],
    // Phone numbers.
    ["call +49 171 1234567 tomorrow", "call [phone] tomorrow"],
    ["+44 (0)20 7946 0958", "[phone]"],
    ["0049 30 1234567", "[phone]"],
    ["it's 030 12345678", "it's [phone]"],
    ["(030) 12345678", "[phone]"],
    ["0171/1234567", "[phone]"],
    ["01 23 45 67 89", "[phone]"],
    ["06.12.34.56.78", "[phone]"],
    ["020 7946 0958", "[phone]"],
    ["ring me on 555-123-4567.", "ring me on [phone]."],
    ["(555) 123-4567", "[phone]"],
    ["1-800-555-0199", "[phone]"],
    ["mi teléfono es 612 345 678", "mi teléfono es [phone]"],
    ["612345678 es mi móvil, o llámeme al 912345678", "612345678 es mi móvil, o llámeme al [phone]"],
    ["my phone number is 5551234567", "my phone number is [phone]"],
    ["oh seven seven oh nine double zero one two three", "[phone]"],
    ["my mobile is seven seven oh nine hundred", "my mobile is seven seven oh nine hundred"],
    ["plus four nine one seven one one two three four five", "plus [phone]"],
    ["030 1234567 0171 1234567", "[phone] [phone]"],
    ["0171 1234567 or 0171 7654321", "[phone] or [phone]"],
    ["line 2 0171 1234567", "line 2 [phone]"],
    ["0171 1234567 on 05.01.2026", "[phone] on 05.01.2026"],
    ["DE89370400440532013000 DE89370400440532013000", "[iban] [iban]"],
    ["order 4711000123, call 0171 1234567", "order 4711000123, call [phone]"],
  ])("%s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });
});

describe("what survives", () => {
  test.each([
    "4111 1111 1111 1112 is no card",
    "1234567890123456",
    "DE89 3704 0044 0532 0130 02",
    "order number 0012345678",
    "ticket 0301234567 is open",
    "Bestellnummer 0171234567",
    "your reference is RF-0301234567",
    "invoice #0301234567",
    "part AB0301234567",
    "it cost 1 234 567.89 euros",
    "€ 612 345 678",
    "612 345 678 dollars",
    "1.234.567,89 EUR",
    "10,000,000.00",
    "since 2024-01-15 or 15.01.2024",
    "from 05.01.2026 14:30 to 06.01.2026",
    "on 01/05/2026 and 02/05/2026",
    "between 2019 and 2026",
    "1999 2000 2001 2002",
    "at 09:30 on the 12th",
    "version 10.0.19041.1234",
    "I paid 250 for 12 of them",
    "there were one or two, three at most, four perhaps",
    "order 5551234567",
    "account 12345678",
    "the code is 123456",
    "room 101, floor 7, 20 people",
    "me@home",
    "a @ b . com",
    "from one to ten: one two three four five six seven eight nine ten",
    "",
    "0",
  ])("%s", (text) => {
    expect(maskText(text)).toBe(text);
  });
});

test("marks move with their words, and those inside a mask go", () => {
  const text = "refund 4111 1111 1111 1111 and cancel";
  const words = ["refund", "1111", "cancel"].map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
  const masked = maskMarked(text, words);
  expect(masked.text).toBe("refund [card] and cancel");
  expect(masked.spans.map((span) => masked.text.slice(span.start, span.end))).toEqual(["refund", "cancel"]);
});

test("masking again changes nothing", () => {
  assert(
    property(array(constantFrom("4111 1111 1111 1111", "a@b.de", "+49 171 1234567", "DE89370400440532013000", "word", "12", "one", " ", ", "), { maxLength: 12 }), (parts) => {
      const once = maskText(parts.join(" "));
      expect(maskText(once)).toBe(once);
    }),
  );
});

test("every Luhn-valid number of 13 to 19 digits is masked, however it is grouped", () => {
  const digit = integer({ min: 0, max: 9 });
  assert(
    property(integer({ min: 3, max: 6 }), array(digit, { minLength: 11, maxLength: 17 }), constantFrom("", " ", "-"), integer({ min: 2, max: 6 }), (first, rest, gap, size) => {
      const body = `${first}${rest.join("")}`;
      const check = [...Array(10).keys()].find((last) => luhn(`${body}${last}`)) ?? 0;
      const grouped = `${body}${check}`.match(new RegExp(`\\d{1,${size}}`, "gu"))?.join(gap) ?? "";
      expect(maskText(`my number ${grouped}`)).toBe("my number [card]");
    }),
  );
});

test.each([
  ["digits", "1 ".repeat(50_000)],
  ["letters", "a".repeat(100_000)],
  ["almost e-mail", `${"a.".repeat(50_000)}@`],
  ["almost an IBAN", "DE89 ".repeat(20_000)],
  ["spoken", "one ".repeat(25_000)],
  ["signs", "+(".repeat(50_000)],
])("a long text of %s is looked through in time that grows with its length only", (_, text) => {
  // Quadratic work would take minutes here, and the suite's time limit would end it.
  expect(maskText(text).length).toBeGreaterThan(0);
});

function luhn(digits: string): boolean {
  const sum = digits.split("").toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
