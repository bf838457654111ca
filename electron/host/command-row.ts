import type { z } from "zod";
import type { CommandName } from "../../shared/command-names.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { CommandOutput } from "../../shared/panel.ts";
import { err, type Result } from "../../shared/result.ts";

/** What comes of a command. */
export type Outcome<O> = Result<O, Fault> | Promise<Result<O, Fault>>;

/** A command with its schema bound: takes anything, answers with a fault where the schema says no. */
export type Row<O> = (name: string, input: unknown) => Outcome<O>;

/** The rows of the commands of one capability: those whose names begin with `Prefix` and a dot. */
export type RowsOf<Prefix extends string> = { readonly [N in Extract<CommandName, `${Prefix}.${string}`>]: Row<CommandOutput<N>> };

/** Binds a command to its schema; input that does not pass it is refused with every violation. */
export function row<S extends z.ZodType, O>(schema: S, run: (input: z.output<S>) => Outcome<O>): Row<O> {
  return (name, input) => {
    const parsed = schema.safeParse(input);
    return parsed.success ? run(parsed.data) : refuse("invalid-input", `${name}: ${describeIssues(parsed.error)}`);
  };
}

/** The answer "no" to a command. */
export function refuse(code: FaultCode, detail: string): { readonly ok: false; readonly error: Fault } {
  return err({ kind: code === "invalid-input" ? "contract" : "policy", code, detail });
}

/** A name as it came, for a message. */
export function quote(text: string): string {
  return JSON.stringify(cut(text, 80));
}

/** Every violation with its path. Zod's messages name what was expected and never quote the value. */
function describeIssues(error: z.ZodError): string {
  const issues = error.issues.slice(0, 10).map(({ path, message }) => `${path.map(String).join(".") || "input"}: ${message}`);
  return cut(issues.join("; "), 1_000);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** Runs what needs a part of the program that may be off; `why` tells the person what is missing then. */
export function wherePresent<C>(part: () => C | null, why: string): <O>(run: (commands: C) => Outcome<O>) => Outcome<O> {
  return (run) => {
    const commands = part();
    return commands === null ? refuse("not-found-here", why) : run(commands);
  };
}
