import { commandTable } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import { row, wherePresent, type RowsOf } from "./command-row.ts";
import type { PracticeCommands, SetupCommands } from "./practice-commands.ts";

export interface PracticeRowPorts {
  /** Null outside of practice. */
  readonly practice: () => PracticeCommands | null;
  /** Null where the program cannot be set up from its panel. */
  readonly setup: () => SetupCommands | null;
}

/** The commands of practice and of the first run, which leads there. */
export function practiceRows({ practice, setup }: PracticeRowPorts): RowsOf<"practice"> & RowsOf<"setup"> {
  const practising = wherePresent(practice, "this is no practice: the platform is real");
  const settingUp = wherePresent(setup, "this program was started with a configuration of its own");
  return {
    "practice.start": row(commandTable["practice.start"].input, (start) => practising((commands) => commands.start(start))),
    "practice.stop": row(commandTable["practice.stop"].input, () => practising((commands) => commands.stop())),
    "practice.free": row(commandTable["practice.free"].input, () => practising((commands) => commands.free())),
    "practice.moments": row(commandTable["practice.moments"].input, ({ scoreId }) =>
      practising(async (commands) => {
        const moments = await commands.moments(scoreId);
        return moments.ok ? ok({ moments: moments.value }) : moments;
      }),
    ),
    "setup.show": row(commandTable["setup.show"].input, ({ step }) => settingUp((commands) => commands.show(step))),
    "setup.enter": row(commandTable["setup.enter"].input, (form) => settingUp((commands) => commands.enter(form))),
    "setup.secret": row(commandTable["setup.secret"].input, (secret) => settingUp((commands) => commands.secret(secret))),
    "setup.try": row(commandTable["setup.try"].input, ({ system }) => settingUp((commands) => commands.try(system))),
    "setup.save": row(commandTable["setup.save"].input, ({ system }) => settingUp((commands) => commands.save(system))),
    "setup.undo": row(commandTable["setup.undo"].input, ({ system }) => settingUp((commands) => commands.undo(system))),
    "setup.leave": row(commandTable["setup.leave"].input, ({ to }) => settingUp((commands) => commands.leave(to))),
  };
}
