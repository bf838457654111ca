import { secretNameSchema } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Arguments } from "./arguments.ts";

/** The name that a command was given. The error never repeats it: it may be the secret itself, put in the wrong place. */
export function readSecretName({ positionals: [name] }: Arguments, command: string): Result<string, string> {
  if (name === undefined) return err(`secret ${command}: the name is missing; allowed: secret ${command} NAME`);
  const parsed = secretNameSchema.safeParse(name);
  return parsed.success ? ok(parsed.data) : err(`secret ${command}: the name cannot be used; allowed: ${parsed.error.issues[0]?.message ?? "a name"}`);
}
