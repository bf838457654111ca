import type { ConfigProblem } from "../config/config-problem.ts";
import { formatProblem } from "../config/config-problem.ts";
import type { Notices } from "./notices.ts";

const MAX_TOLD = 3;

/** Says in the panel that the configuration file cannot be used as it stands, and that it is well again. */
export function tellConfigProblems(notices: Notices, problems: readonly ConfigProblem[] | null): void {
  if (problems === null) {
    notices.clear("config");
    return;
  }
  const told = problems.slice(0, MAX_TOLD).map(formatProblem).join("; ");
  const more = problems.length > MAX_TOLD ? `; and ${problems.length - MAX_TOLD} more` : "";
  notices.raise({
    id: "config",
    level: "warning",
    what: `The configuration file has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}: ${told}${more}.`,
    effect: "The last good settings stay in use.",
    remedy: "Mend the file; it takes effect when it is saved.",
  });
}
