import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText } from "../../electron/bridge/clean-text.ts";

test.each([
  ["plain words", "Hello, Müller — 你好 👋🏽", "Hello, Müller — 你好 👋🏽"],
  ["HTML as it is", '<b onclick="x()">Hi</b> &amp; bye', '<b onclick="x()">Hi</b> &amp; bye'],
  ["line breaks and tabs", "one\n\ttwo", "one\n\ttwo"],
  ["white space at both ends", "  x \n", "  x \n"],
])("keeps %s", (_what, text, kept) => {
  expect(cleanText(text)).toBe(kept);
});

test.each([
  ["control characters below the space", "a\u0000b\u0007c\u001bd\u001f", "abcd"],
  ["those above the tilde", "a\u007fb\u0080c\u009fd", "abcd"],
  ["halves of surrogate pairs", "a\ud83db\ude00c", "abc"],
  ["halves that would find each other", "\ud83d\u0000\ude00", ""],
])("takes out %s", (_what, text, kept) => {
  expect(cleanText(text)).toBe(kept);
});

test("makes one kind of line end of all", () => {
  expect(cleanText("a\r\nb\rc\nd\r\r\n")).toBe("a\nb\nc\nd\n\n");
});

test("leaves nothing that it would take out the next time, and nothing that is not text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.integer({ min: 0, max: 0xffff })), (text, units) => {
      const clean = cleanText(text + String.fromCharCode(...units));
      expect(cleanText(clean)).toBe(clean);
      expect(clean.isWellFormed()).toBe(true);
      const controls = Array.from(clean, (sign) => sign.codePointAt(0) ?? 0).filter((code) => code < 0x20 || (code >= 0x7f && code <= 0x9f));
      expect(controls.every((code) => code === 0x09 || code === 0x0a)).toBe(true);
    }),
  );
});
