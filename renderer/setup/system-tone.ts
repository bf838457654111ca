import { assertNever } from "../../shared/assert-never.ts";
import type { SetupSystem } from "../../shared/setup.ts";

/** How a system stands, in a colour: what fails counts before what is saved. */
export function toneOf({ kept, trial }: Pick<SetupSystem, "kept" | "trial">): "ok" | "bad" | "warn" | "none" {
  if (trial.kind === "fails") return "bad";
  switch (kept) {
    case "saved":
      return "ok";
    case "changed":
      return "warn";
    case "no":
      return "none";
    default:
      return assertNever(kept);
  }
}
