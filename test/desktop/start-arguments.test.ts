import { describe, expect, test } from "vitest";
import { windowFlags } from "../../electron/cli/open-window.ts";
import { ownArguments } from "../../electron/desktop/start-arguments.ts";

const own = (...argv: readonly string[]): readonly string[] => ownArguments(argv, windowFlags);

describe("the arguments of a start", () => {
  test.each(["--updated", "--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1.25", "--ozone-platform=x11", "--lang=de", "--v=1", "--enable-features=One,Two", "-psn_0_12345"])(
    "are rid of %s, which others add",
    (flag) => {
      expect(own("--hidden", flag, "--config", "desk.json")).toEqual(["--hidden", "--config", "desk.json"]);
      expect(own(flag)).toEqual([]);
    },
  );

  test("keep every flag of ours, with what it takes, even where that looks like a flag", () => {
    const given = ["--config", "desk.json", "--set", "panel.role=agent", "--set=panel.quiet=true", "--hidden", "--json", "--help"];
    expect(own(...given)).toEqual(given);
    expect(own("--set", "--no-sandbox")).toEqual(["--set", "--no-sandbox"]);
  });

  test.each(["--confg", "--hiden", "--Config=desk.json", "-config"])("keep %s, which is a slip and is to be told", (slip) => {
    expect(own(slip)).toEqual([slip]);
  });

  test("keep what is no flag, to be refused by name, and are not misled by names that every object has", () => {
    expect(own("notes.txt", "--constructor", "--__proto__=1")).toEqual(["notes.txt"]);
  });
});
