import { resolve } from "node:path";
import type { IntegrationDefinition } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readDefinition } from "../integrations/definition-file.ts";
import { exitCodes, type CommandContext, type ExitCode } from "./command.ts";
import { invalidLine } from "./integrate-lines.ts";
import { sayLine } from "./line.ts";

/** A definition that can be used, and the file it came from as it was named. */
export interface GivenDefinition {
  readonly file: string;
  readonly definition: IntegrationDefinition;
  /** What is allowed and may surprise. */
  readonly notes: readonly string[];
}

/**
 * Reads the definition that the command line names. Where it cannot be used that has been said, all problems at once,
 * and the error is what the command ends with: 1 for a definition with mistakes, 2 where none could be read.
 */
export async function readGivenDefinition(context: Pick<CommandContext, "args" | "cwd" | "output">, command: string): Promise<Result<GivenDefinition, ExitCode>> {
  const { args, cwd, output } = context;
  const [file] = args.positionals;
  if (file === undefined) {
    output.error(`integrate ${command}: the definition is missing; allowed: integrate ${command} FILE, a YAML or JSON file`);
    return err(exitCodes.notTried);
  }
  const { definition, problems, notes, had } = await readDefinition(resolve(cwd, file));
  if (definition !== null) return ok({ file, definition, notes });
  if (had) {
    sayLine(output, invalidLine(file, problems));
    return err(exitCodes.no);
  }
  output.error(`integrate ${command}: ${file}: ${problems.map(({ message }) => message).join("; ")}`);
  return err(exitCodes.notTried);
}
