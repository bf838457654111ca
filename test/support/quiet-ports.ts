import type { CommandPorts } from "../../electron/host/commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import { ok } from "../../shared/result.ts";

/** What the commands of a panel are carried out by where nothing stands behind it but what is given. */
export function quietPorts(publisher: Publisher, given: Partial<CommandPorts> = {}): CommandPorts {
  return {
    publisher,
    record: () => {},
    retryConnection: () => {},
    simulations: () => null,
    bridge: () => null,
    integrations: () => null,
    health: () => null,
    updates: () => null,
    history: () => null,
    practice: () => null,
    setup: () => null,
    viewing: () => {},
    changeSettings: async () => ok(null),
    ...given,
  };
}
