import type { Fault } from "../../shared/fault.ts";
import { secretNameSchema } from "../../shared/integration.ts";
import { secretInputSchema } from "../../shared/integration-view.ts";

const VALUE = "a value of 1 to 10,000 characters without NUL";

/** What is wrong with a name; null where nothing is. The name is not repeated: it may be a secret in the wrong place. */
export function nameFault(name: string): Fault | null {
  const parsed = secretNameSchema.safeParse(name);
  if (parsed.success) return null;
  return invalid(`name: found a text of ${name.length.toLocaleString("en")} characters; allowed: ${parsed.error.issues[0]?.message ?? ""}`);
}

/** What is wrong with the value of a secret; null where nothing is. Never with a part of the value in it. */
export function valueFault(name: string, value: string): Fault | null {
  const found = whatIsWrong(value);
  return found === null ? null : invalid(`${name}: found ${found}; allowed: ${VALUE}`);
}

function whatIsWrong(value: string): string | null {
  if (value === "") return "an empty text";
  if (!secretInputSchema.shape.value.safeParse(value).success) return `a text of ${value.length.toLocaleString("en")} characters`;
  if (value.includes("\0")) return "a text with a NUL in it";
  // Half of a surrogate pair has no UTF-8: a store would give another text back than it was given.
  return value.isWellFormed() ? null : "a text with half a character in it";
}

function invalid(detail: string): Fault {
  return { kind: "policy", code: "invalid-input", detail };
}
