import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecentNames } from "../../electron/assist/recent-names.ts";

describe("recent names", () => {
  it("knows every name of the last `size`, and none that was never added", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 24 }), { maxLength: 300 }), fc.string(), (names, other) => {
        const recent = createRecentNames(50);
        for (const name of names) recent.add(name);
        for (const name of names.slice(-50)) expect(recent.has(name)).toBe(true);
        if (!names.includes(other)) expect(recent.has(other)).toBe(false);
      }),
    );
  });

  it("tells 200,000 names apart that differ in a digit or in their order", () => {
    const recent = createRecentNames(100_000);
    for (let number = 0; number < 100_000; number += 1) recent.add(`call-${number % 50}-${number}`);
    let mistaken = 0;
    for (let number = 100_000; number < 200_000; number += 1) if (recent.has(`call-${number % 50}-${number}`)) mistaken += 1;
    for (let number = 1; number < 1_000; number += 1) if (recent.has(`${number}-call-${number % 50}`)) mistaken += 1;
    expect(mistaken).toBe(0);
  });

  it("lets the oldest go", () => {
    const recent = createRecentNames(10);
    for (let number = 0; number <= 20; number += 1) recent.add(`name ${number}`);
    expect(recent.has("name 0")).toBe(false);
    expect(recent.has("name 11")).toBe(true);
  });

  it("answers the same whether it is asked after each name or at the end", () => {
    const asked = createRecentNames(100);
    const silent = createRecentNames(100);
    for (let number = 0; number < 1_000; number += 1) {
      asked.add(`name ${number}`);
      silent.add(`name ${number}`);
      expect(asked.has(`name ${number}`)).toBe(true);
    }
    for (let number = 0; number < 1_000; number += 1) expect(silent.has(`name ${number}`)).toBe(asked.has(`name ${number}`));
  });
});
