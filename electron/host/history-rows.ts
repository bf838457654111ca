import { commandTable } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import { refuse, row, wherePresent, type Outcome, type RowsOf } from "./command-row.ts";
import type { HistoryCommands } from "./history-commands.ts";
import type { Publisher } from "./publisher.ts";
import type { WorkshopCommands } from "./workshop-commands.ts";

/**
 * The commands of the history. An agent's own past is the agent's to search, to forget and to see in figures; the
 * team's figures and trying other rules are the supervisor's. `history`: null while it is off. `workshop`: null where no drafts are kept.
 */
export function historyRows(publisher: Pick<Publisher, "state">, history: () => HistoryCommands | null, workshop: WorkshopCommands | null): RowsOf<"history"> & RowsOf<"overview"> & RowsOf<"workshop"> {
  const kept = wherePresent(history, "the history is off: the configuration has no section history");
  const drafts = wherePresent(() => workshop, "no drafts are kept here");
  const supervised = <O>(run: () => Outcome<O>): Outcome<O> =>
    publisher.state().settings.role === "supervisor" ? run() : refuse("not-allowed", "this is for role supervisor");
  const inRole = <O>(source: "desk" | "team", run: () => Outcome<O>): Outcome<O> => (source === "team" ? supervised(run) : run());
  return {
    "history.facets": row(commandTable["history.facets"].input, () => kept((commands) => commands.facets())),
    "history.search": row(commandTable["history.search"].input, (search) => kept((commands) => commands.search(search))),
    "history.open": row(commandTable["history.open"].input, ({ interactionId }) => kept((commands) => commands.open(interactionId))),
    "history.forget": row(commandTable["history.forget"].input, ({ interactionId }) => kept((commands) => commands.forget(interactionId))),
    "history.forget-customer": row(commandTable["history.forget-customer"].input, ({ name, dry }) => kept((commands) => commands.forgetCustomer(name, dry))),
    "overview.read": row(commandTable["overview.read"].input, (query) => inRole(query.source, () => kept((commands) => commands.overview(query)))),
    "overview.export": row(commandTable["overview.export"].input, (query) =>
      inRole(query.source, () =>
        kept(async (commands) => {
          const file = await commands.exportOverview(query);
          return file.ok ? ok({ file: file.value }) : file;
        }),
      ),
    ),
    "workshop.rehearse": row(commandTable["workshop.rehearse"].input, (rehearsal) => supervised(() => kept((commands) => commands.rehearse(rehearsal)))),
    "workshop.draft": row(commandTable["workshop.draft"].input, () => supervised(() => drafts((commands) => commands.draft()))),
    "workshop.keep-draft": row(commandTable["workshop.keep-draft"].input, ({ draft }) => supervised(() => drafts((commands) => commands.keepDraft(draft)))),
  };
}
