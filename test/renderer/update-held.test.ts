import { expect, it } from "vitest";
import { updateWords } from "../../renderer/settings/update-words.ts";

it("says of a version that is being rolled out to others that this machine comes later, and can be asked again", () => {
  expect(updateWords({ kind: "idle", checkedAt: 5, held: "1.1.0" }, false)).toMatchObject({
    said: "Version 1.1.0 is being rolled out",
    more: "This machine comes later.",
    tone: "none",
    act: { kind: "check", busy: false },
  });
  expect(updateWords({ kind: "idle", checkedAt: 5 }, false).said).toBe("Nothing newer was found");
});
