import { commandTable } from "../../shared/panel.ts";
import { refuse, row, type Outcome, type RowsOf } from "./command-row.ts";
import type { Publisher } from "./publisher.ts";
import type { SimulationCommands } from "./simulation-commands.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** The commands of simulations, which are the supervisor's. `simulations`: null while they are off. */
export function simulationRows(publisher: Pick<Publisher, "state">, simulations: () => SimulationCommands | null): RowsOf<"simulations"> {
  const supervised = <O>(run: (commands: SimulationCommands) => Outcome<O>): Outcome<O> => {
    if (publisher.state().settings.role !== "supervisor") return refuse("not-allowed", supervisorWords.simulations);
    const commands = simulations();
    return commands === null ? refuse("not-found-here", "simulations are off: the configuration has no section simulations") : run(commands);
  };
  return {
    "simulations.load": row(commandTable["simulations.load"].input, (part) => supervised((commands) => commands.load(part))),
    "simulations.example": row(commandTable["simulations.example"].input, () => supervised((commands) => commands.example())),
    "simulations.run": row(commandTable["simulations.run"].input, ({ which, repeat }) => supervised((commands) => commands.run(which, repeat))),
    "simulations.cancel": row(commandTable["simulations.cancel"].input, () => supervised((commands) => commands.cancel())),
    "simulations.case": row(commandTable["simulations.case"].input, ({ testId }) => supervised((commands) => commands.details(testId))),
    "simulations.pin": row(commandTable["simulations.pin"].input, ({ pinned }) => supervised((commands) => commands.pin(pinned))),
    "simulations.export": row(commandTable["simulations.export"].input, ({ format }) => supervised((commands) => commands.export(format))),
  };
}
