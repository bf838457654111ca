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
  const told = problems.slice(0, MAX_TOLD).map(formatProblem);
  notices.raise({ id: "config", level: "warning", say: ({ rules }) => rules.configMistakes(told, problems.length - told.length) });
}
