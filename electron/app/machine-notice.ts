import { formatProblem } from "../config/config-problem.ts";
import type { MachineState } from "../config/machine-watch.ts";
import type { Notices } from "./notices.ts";

const MAX_TOLD = 3;

/** Says in the panel that what IT has set cannot be followed as it stands, and what holds meanwhile. */
export function tellMachineProblems(notices: Notices, { problems, rules, keptAt }: MachineState): void {
  if (problems.length === 0) {
    notices.clear("machine-policy");
    return;
  }
  const told = problems.slice(0, MAX_TOLD).map(formatProblem).join("; ");
  const more = problems.length > MAX_TOLD ? `; and ${problems.length - MAX_TOLD} more` : "";
  notices.raise({
    id: "machine-policy",
    level: "error",
    what: `What IT has set for this computer cannot be followed: ${told}${more}.`,
    effect: effectOf(rules.unknown !== null, keptAt),
    remedy: "Tell IT. The settings are read again every ten minutes, and when the computer wakes up.",
  });
}

function effectOf(isUnknown: boolean, keptAt: number | null): string {
  const kept = keptAt === null ? [] : [`What was read last (${new Date(keptAt).toISOString()}) holds in its place.`];
  const strict = isUnknown ? ["Where nothing was read before, the built-in rules hold at least, and cannot be changed."] : [];
  const effects = [...kept, ...strict];
  return effects.length === 0 ? "All else that IT has set holds." : effects.join(" ");
}
