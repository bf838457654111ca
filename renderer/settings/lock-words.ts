import { assertNever } from "../../shared/assert-never.ts";
import type { Lock } from "../../shared/settings.ts";
import { lockTexts } from "../texts/lock-texts.ts";

/** Why a setting cannot be changed here. */
export function lockWords({ by, reason }: Lock): string {
  switch (by) {
    case "machine":
      return reason === "" ? lockTexts.machine : lockTexts.machineBecause(reason);
    case "environment":
      return lockTexts.environment(reason);
    case "flag":
      return lockTexts.flag(reason);
    default:
      return assertNever(by);
  }
}
