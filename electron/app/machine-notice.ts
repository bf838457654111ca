import { formatProblem } from "../config/config-problem.ts";
import type { ConfigSource } from "../config/config-source.ts";
import type { Notices } from "./notices.ts";

const MAX_TOLD = 3;

/** Says in the panel that what IT has set cannot be followed as it stands, and what holds meanwhile; and what it takes of the person. */
export function tellMachineProblems(notices: Notices, { problems, rules, keptAt, agentWanted }: ReturnType<ConfigSource["machine"]>): void {
  if (agentWanted === null) notices.clear("agent-id");
  else notices.raise({ id: "agent-id", level: "error", say: (words) => words.rules.agentIdWanted() });
  if (problems.length === 0) {
    notices.clear("machine-policy");
    return;
  }
  const told = problems.slice(0, MAX_TOLD).map(formatProblem);
  const held = { isUnknown: rules.unknown !== null, keptAt: keptAt === null ? null : new Date(keptAt).toISOString() };
  notices.raise({ id: "machine-policy", level: "error", say: (words) => words.rules.machinePolicy(told, problems.length - told.length, held) });
}
