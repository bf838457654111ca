import { commandTable } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import { refuse, row, type Outcome, type RowsOf } from "./command-row.ts";
import type { IntegrationCommands } from "./integration-commands.ts";
import type { Publisher } from "./publisher.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** The commands of integrations and their secrets, which are the supervisor's. `integrations`: null while they are off. */
export function integrationRows(
  publisher: Pick<Publisher, "state">,
  integrations: () => IntegrationCommands | null,
): RowsOf<"integrations"> & RowsOf<"secrets"> {
  const supervised = <O>(run: (commands: IntegrationCommands) => Outcome<O>): Outcome<O> => {
    if (publisher.state().settings.role !== "supervisor") return refuse("not-allowed", supervisorWords.integrations);
    const commands = integrations();
    return commands === null ? refuse("not-found-here", "integrations are off: the configuration has no section integrations") : run(commands);
  };
  return {
    "integrations.example": row(commandTable["integrations.example"].input, () => supervised((commands) => commands.example())),
    "integrations.open": row(commandTable["integrations.open"].input, ({ key }) => supervised((commands) => commands.open(key))),
    "integrations.check": row(commandTable["integrations.check"].input, ({ draft }) => supervised((commands) => ok(commands.check(draft)))),
    "integrations.import": row(commandTable["integrations.import"].input, ({ text, operation }) => supervised((commands) => ok(commands.import(text, operation ?? null)))),
    "integrations.save": row(commandTable["integrations.save"].input, ({ key, draft }) =>
      supervised(async (commands) => {
        const saved = await commands.save(key, draft);
        return saved.ok ? ok({ key: saved.value }) : saved;
      }),
    ),
    "integrations.delete": row(commandTable["integrations.delete"].input, ({ key }) => supervised((commands) => commands.delete(key))),
    "integrations.try": row(commandTable["integrations.try"].input, ({ draft, payload }) => supervised((commands) => commands.try(draft, payload))),
    "integrations.map": row(commandTable["integrations.map"].input, (input) => supervised((commands) => commands.map(input))),
    "integrations.keep-fixture": row(commandTable["integrations.keep-fixture"].input, ({ key, name, tryId }) => supervised((commands) => commands.keepFixture(key, name, tryId))),
    "integrations.drop-fixture": row(commandTable["integrations.drop-fixture"].input, ({ key, name }) => supervised((commands) => commands.dropFixture(key, name))),
    "integrations.register": row(commandTable["integrations.register"].input, ({ key }) => supervised((commands) => commands.register(key))),
    "secrets.put": row(commandTable["secrets.put"].input, ({ name, value }) => supervised((commands) => commands.secrets.put(name, value))),
    "secrets.delete": row(commandTable["secrets.delete"].input, ({ name }) => supervised((commands) => commands.secrets.delete(name))),
    "secrets.test": row(commandTable["secrets.test"].input, ({ name }) => supervised((commands) => commands.secrets.test(name))),
  };
}
