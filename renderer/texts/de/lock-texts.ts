import type { lockTexts as english } from "../en/lock-texts.ts";
import type { Wording } from "../wording.ts";

/** About settings that cannot be changed here, and who decides them. */
export const lockTexts = {
  machine: "Von der IT für diesen Computer festgelegt.",
  machineBecause: (reason) => `Von der IT für diesen Computer festgelegt: ${reason}`,
  environment: (variable) => `Beim Start des Programms durch die Variable ${variable} festgelegt.`,
  flag: (flag) => `Beim Start des Programms durch ${flag} festgelegt.`,
} satisfies Wording<typeof english>;
