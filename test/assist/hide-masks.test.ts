import { expect, test } from "vitest";
import { hasMask, hideMasks } from "../../electron/assist/hide-masks.ts";
import { compilePhrases } from "../../electron/assist/phrase-matcher.ts";
import { compileScreen } from "../../electron/assist/phrase-screen.ts";

const texts = ["my number is [phone] thanks", "[card]", "mail [e-mail] and [iban]", "a [noise] and [Phone]", "plain"] as const;

test("a hidden text keeps its length, so that places in it stay right", () => {
  for (const text of texts) expect(hideMasks(text)).toHaveLength(text.length);
  expect(texts.map(hasMask)).toEqual([true, true, true, false, false]);
  expect(hideMasks("a [noise] and [Phone]")).toBe("a [noise] and [Phone]");
  // Asked twice: nothing is remembered from the text before.
  expect(texts.map(hasMask)).toEqual([true, true, true, false, false]);
});

test("no mask is taken for the word that it is written with, and words around it do not stand side by side", () => {
  const find = compilePhrases(["phone", "card", "mail", "iban", "is thanks"], "en");
  expect(texts.flatMap((text) => find(hideMasks(text)).map((match) => match.keyword))).toEqual(["mail", "phone"]);
  expect(find(hideMasks("my number is [phone] thanks"))).toEqual([]);
  const screen = compileScreen(["phone", "card", "is thanks", "mail and"]);
  expect(screen(hideMasks("my number is [phone] thanks"))).toBeNull();
  expect(screen(hideMasks("[card]"))).toBeNull();
  expect(screen(hideMasks("mail [e-mail] and [iban]"))).toBeNull();
  expect(screen("my number is [phone] thanks")).toBe("phone");
});
