import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readGivenDefinition } from "./integrate-file.ts";
import { validLine } from "./integrate-lines.ts";
import { sayLine } from "./line.ts";

/** `integrate check FILE`: everything that is wrong with a definition, without configuration or network; exit code 0 or 1, 2 for no such file. */
export const integrateCheck: Command = {
  usage: "FILE",
  maxPositionals: 1,
  options: {},
  async run(context) {
    const given = await readGivenDefinition(context, "check");
    if (!given.ok) return given.error;
    const { file, definition, notes } = given.value;
    sayLine(context.output, validLine(file, definition, notes));
    return exitCodes.done;
  },
};
