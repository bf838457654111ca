import { expect, test } from "vitest";
import { placeOfPhrase } from "../../electron/assist/phrase-place.ts";
import { compileScreen } from "../../electron/assist/phrase-screen.ts";

function placed(text: string, ...phrases: readonly string[]): string | null {
  const screen = compileScreen(phrases);
  const place = placeOfPhrase(text, (stretch) => screen(stretch) !== null);
  return place === null ? null : text.slice(place.start, place.end);
}

test.each([
  ["We would have to take legal action, sorry.", "legal action", "legal action"],
  ["legal action", "legal action", "legal action"],
  ["So: “L3G4L  actions!” it is", "legal action", "L3G4L  actions"],
  ["I will s u e you", "sue", "s u e"],
  ["first sue, then sue again", "sue", "sue"],
  ["we guarantee (a) full refund", "guarantee a full refund", "guarantee (a) full refund"],
  ["an end: sue", "sue", "sue"],
])("in %j the phrase %j stands as %j", (text, phrase, expected) => {
  expect(placed(text, phrase)).toBe(expected);
});

test("there is no place where there is no phrase", () => {
  expect(placed("we will see", "sue")).toBeNull();
  expect(placed("   ", "sue")).toBeNull();
  expect(placed("", "sue")).toBeNull();
});

test("of several phrases the first is placed, and asking stays cheap in a long text", () => {
  expect(placed("no refund, no legal action", "legal action", "refund")).toBe("refund");
  const long = `${"words and words ".repeat(2_000)}legal action ${"and more ".repeat(2_000)}`;
  let asked = 0;
  const place = placeOfPhrase(long, (stretch) => {
    asked += 1;
    return stretch.includes("legal action");
  });
  expect(long.slice(place?.start, place?.end)).toBe("legal action");
  expect(asked).toBeLessThan(40);
});
