import { describe, expect, test } from "vitest";
import { knownNames } from "../../electron/redaction/known-names.ts";
import { knownWords } from "../../electron/redaction/known-words.ts";
import { personalIn } from "../../electron/redaction/mask.ts";
import { redactPerson } from "../../electron/redaction/person.ts";
import { quotesOf } from "../../electron/redaction/quotes.ts";
import { redactText } from "../../electron/redaction/redact.ts";

describe("a known word", () => {
  const word = 'pass"word/9+x=?ü';
  const words = knownWords([word, "abc"]);

  test.each([
    word,
    word.toUpperCase(),
    JSON.stringify(word),
    encodeURIComponent(word),
    encodeURIComponent(encodeURIComponent(word)).replaceAll("%25", "%"),
    new URLSearchParams({ a: word }).toString(),
    Buffer.from(word).toString("hex"),
    Buffer.from(word).toString("base64"),
    Buffer.from(`a${word}`).toString("base64url"),
    Buffer.from(`ab${word}cd`).toString("base64"),
    String.raw`pass"word/9\u002bx=?ü`,
  ])("is found as %s", (spelling) => {
    expect(words.findsIn(`before ${spelling} after`)).toBe(true);
    const struck = words.strike(`before ${spelling} after`, "[x]");
    expect(struck).toContain("[x]");
    expect(words.findsIn(struck)).toBe(false);
  });

  test("is not seen in other words, and one that is too short is left alone", () => {
    const text = "the password of nobody, abc, cGFzc3dvcmQ=";
    expect(words.strike(text, "[x]")).toBe(text);
    expect(knownWords([]).strike(text, "[x]")).toBe(text);
  });

  test("a hundred long ones are looked for quickly", () => {
    const many = knownWords(Array.from({ length: 100 }, (_, index) => `secret-${index}-${"ab".repeat(30)}`));
    // Tried one after the other at every place they would take minutes, and the suite's time limit would end it.
    const text = "secret-".repeat(10_000);
    expect(many.strike(text, "[x]")).toBe(text);
  });
});

describe("the names of customers", () => {
  const struck = (names: readonly string[], text: string): string => knownNames(names).strike(text, "[name]");

  test.each([
    [["Ana Gomez"], "Ana asked for banana, ANA, Anastasia and Ana's order, not ana", "[name] asked for banana, [name], Anastasia and [name]'s order, not ana"],
    [["Ana Gomez"], "customer_Ana, Ana-Lena and MAna1", "customer_[name], [name]-Lena and MAna1"],
    [["May Lin"], "it may be May, maybe Lin online", "it may be [name], maybe [name] online"],
    [["Kim Li"], "Kim Li and kim li, Kim+Li, but Li and Line by themselves", "[name] and [name], [name], but Li and Line by themselves"],
    [["Li"], "Li called: LIst, li, Linux", "[name] called: LIst, li, Linux"],
    [["王小明", "王伟"], 'for "王小明" or "王伟"', 'for "[name]" or "[name]"'],
    [["Anne-Eve Ode"], "Eve, even Ode; mode, Anne", "[name], even [name]; mode, [name]"],
    [["Zoé"], String.raw`Zoé, Zo%C3%A9, Zo%c3%a9, Zo\u00e9, Zo\u00E9, zoé, Zoée`, "[name], [name], [name], [name], [name], zoé, Zoée"],
    [["Kim Li"], String.raw`{"text":"line\nKim said","q":"a=%20Kim%20b","u":"\u0022Kim\u0022"}`, String.raw`{"text":"line\n[name] said","q":"a=%20[name]%20b","u":"\u0022[name]\u0022"}`],
    [["Petunia Ode"], "petunia, PETUNIAS, cGV0dW5pYQ== xUGV0dW5pYQ==", "[name], [name]S, cGV0dW5pYQ== x[name]Q=="],
    [["Ali bin Omar", "ida"], "Ali in /usr/bin, ida, Ida", "[name] in /usr/bin, [name], [name]"],
    [["", " ", "A", "Jo Be"], "A quick job for Jo or for Be: Jo Be", "A quick job for Jo or for Be: [name]"],
  ] as const)("%j: %s", (names, text, told) => {
    expect(struck(names, text)).toBe(told);
  });

  test("are signs like any other", () => {
    expect(struck(["a.*", "(x)"], "abc a.* (x) axx")).toBe("abc [name] [name] axx");
  });

  test("short ones of fifty people are looked for quickly", () => {
    const names = Array.from({ length: 50 }, (_, index) => `${String.fromCharCode(65 + (index % 26))}n${index % 10}`);
    const text = "An answer came in time. ".repeat(20_000);
    expect(struck(names, text)).toBe(text);
  });
});

describe("the person at this machine", () => {
  const person = { home: String.raw`C:\Users\Quentin`, user: "Quentin", host: "desk-4711.bank.example" };

  test.each([
    [String.raw`in C:\Users\Quentin\AppData\x.log`, String.raw`in ~\AppData\x.log`],
    ["file:///c:/users/quentin/x", "file:///~/x"],
    ["QUENTIN at desk-4711 and Desk-4711.bank.example", "[user] at [host] and [host]"],
    ["Quentinian, misquentin", "Quentinian, misquentin"],
    [String.raw`C:\Users\Quentina\x`, String.raw`C:\Users\Quentina\x`],
  ])("%s", (text, told) => {
    expect(redactPerson(text, person)).toBe(told);
  });

  test("an account that is nobody's name stays a word", () => {
    expect(redactPerson("root cause on localhost by xy", { home: "/", user: "root", host: "localhost" })).toBe("root cause on localhost by xy");
    expect(redactPerson("xy", { home: "", user: "xy", host: "" })).toBe("xy");
  });
});

describe("what looks like personal data", () => {
  test.each([
    ["refused for petunia@garden.example", "refused for [e-mail]"],
    ["card 4111 1111 1111 1111 declined", "card [card] declined"],
    ["to DE89 3704 0044 0532 0130 00", "to [iban]"],
    ["https://api.example/x?customer=Petunia&id=7#t=9", "https://api.example/x?customer=[redacted]&id=[redacted]#t=[redacted]"],
    ["wss://petunia@host.example/x", "wss://[redacted]@host.example/x"],
  ])("%s", (text, struck) => {
    expect(redactText(text)).toBe(struck);
    expect(redactText(struck)).toBe(struck);
  });

  test.each(["2026-01-05T09:00:00.000Z", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "answered 503 after 1200 ms on port 8443", "what? a=b"])("leaves alone: %s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("is told as it stands", () => {
    expect(personalIn("4111 1111 1111 1111 or petunia@garden.example")).toEqual(["4111 1111 1111 1111", "petunia@garden.example"]);
  });
});

test("a quoted line is noticed in any spelling, and others are not", () => {
  const line = "My neighbour's invoice is wrong";
  const quotes = quotesOf([line]);
  const spelt = [line, line.toUpperCase(), encodeURIComponent(line), line.replaceAll(" ", "+"), Buffer.from(`{"t":"${line}"}`).toString("base64"), Buffer.from(line).toString("hex"), line.replaceAll("'", String.raw`\u0027`)];
  expect(spelt.filter((text) => !quotes(`it said ${text} then`))).toEqual([]);
  expect(quotes("My neighbour's bill is right")).toBe(false);
});

test("24 characters on end of a line are a quote, wherever they begin and stand, and 23 are none", () => {
  const line = "My card is lost and my sister Ottilie has the other one";
  const quotes = quotesOf(["Yes.", line]);
  for (let at = 0; at + 24 <= line.length; at += 1) {
    for (let before = 0; before < 13; before += 1) {
      const found = (length: number): boolean => quotes(`${"#".repeat(before)}${line.slice(at, at + length)}#`);
      expect([at, before, found(24), found(23)]).toEqual([at, before, true, false]);
    }
  }
});
