import { expect, it } from "vitest";
import { compareVersions, parseVersion } from "../../electron/updates/version.ts";

const ordered = ["0.0.1", "0.1.0", "0.9.10", "0.10.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "2.0.0"];

it("orders versions as Semantic Versioning does, numbers as numbers", () => {
  for (const [place, text] of ordered.entries()) {
    for (const [otherPlace, other] of ordered.entries()) {
      const [one, two] = [parseVersion(text), parseVersion(other)];
      if (one === null || two === null) throw new Error(`${text} or ${other} is taken for no version`);
      expect(Math.sign(compareVersions(one, two)), `${text} against ${other}`).toBe(Math.sign(place - otherPlace));
    }
  }
});

it("gives build metadata no part in the order", () => {
  const [one, two] = [parseVersion("1.2.3+a"), parseVersion("1.2.3+b.7")];
  expect(one).not.toBeNull();
  expect(one).toStrictEqual(two);
});

it.each(["", "1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b", " 1.2.3", "1.2.3\n", "1.2.x", "9".repeat(300), "99999999999.0.0", "1.2.3-é"])("takes %j for no version", (text) => {
  expect(parseVersion(text)).toBeNull();
});
