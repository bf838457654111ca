import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthCheck, HealthOutcome, HealthSubject } from "../../shared/health.ts";
import type { Notice } from "../../shared/notice.ts";
import { auditTail } from "../audit/tail.ts";
import type { Config } from "../config/complete-config.ts";
import type { ConfigProblem } from "../config/config-problem.ts";
import { formatProblem } from "../config/config-problem.ts";
import { diskFault } from "../files/disk-fault.ts";
import { checkFolder } from "../health/folder-check.ts";
import { CHECK_LIMIT_MS, type HealthJob, type HealthPlan, type PlannedLine } from "../health/health-job.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, skipped, type HealthWords } from "../health/outcome.ts";
import type { HealthSources } from "./health-sources.ts";

const MAX_PROBLEMS = 3;

interface OwnCheck {
  readonly subject: HealthSubject;
  readonly check: HealthCheck;
  readonly target: string | null;
  readonly run: (signal: AbortSignal) => Promise<HealthOutcome>;
}

/** The lines of the program itself, its configuration and what it keeps. Nothing of them needs a network. */
export function planOwn(sources: HealthSources): HealthPlan {
  const { dataFolder, wanted, config, words = englishWords.health } = sources;
  const checks: readonly OwnCheck[] = [
    { subject: "program", check: "version", target: null, run: async () => versionOutcome(sources.machine.versions) },
    { subject: "configuration", check: "file", target: config.path, run: () => fileOutcome(sources) },
    ...policyCheck(sources),
    { subject: "storage", check: "data-folder", target: dataFolder, run: () => checkFolder(dataFolder, { ...sources, ...sources.machine }) },
    { subject: "storage", check: "history", target: null, run: (signal) => historyOutcome(sources, signal) },
    { subject: "storage", check: "audit", target: wanted.audit?.directory ?? null, run: (signal) => auditOutcome(sources, signal) },
    { subject: "storage", check: "secrets", target: null, run: (signal) => sources.secrets(signal) },
  ];
  return { lines: checks.map(lineOf), jobs: checks.map((one) => jobOf(one, words)) };
}

function keyOf({ check }: Pick<OwnCheck, "check">): string {
  return `own ${check}`;
}

function lineOf({ subject, check, target }: OwnCheck): PlannedLine {
  return { subject, check, target, key: keyOf({ check }) };
}

function jobOf({ check, run }: OwnCheck, words: HealthWords): HealthJob {
  return {
    key: keyOf({ check }),
    needs: [],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    run,
    late: () =>
      check === "secrets"
        ? doubtful(words.keyStoreSilent)
        : bad(disk(`no answer within ${CHECK_LIMIT_MS / 1_000} s`), CHECK_LIMIT_MS),
    failedWords: `the check before (${check}) failed`,
  };
}

function versionOutcome({ program, node, electron }: HealthSources["machine"]["versions"]): HealthOutcome {
  return good(`Callside ${program}${electron === null ? "" : `, Electron ${electron}`}, Node ${node}`);
}

async function fileOutcome({ config, wanted, files, words = englishWords.health }: HealthSources): Promise<HealthOutcome> {
  const problems = config.problems() ?? [];
  if (problems.length > 0) {
    const detail = `${mistakes(problems)}. Until it is mended, the configuration of before is in use`;
    return bad({ kind: "policy", code: "invalid-input", detail });
  }
  const on = systemsOn(wanted);
  if (config.path === null) return good(words.noFile(on));
  const isThere = await files.size(config.path).then(
    () => true,
    () => false,
  );
  return good(isThere ? words.fileRead(on) : words.fileMissing(on));
}

function mistakes(problems: readonly ConfigProblem[]): string {
  const shown = problems.slice(0, MAX_PROBLEMS).map(formatProblem);
  const rest = problems.length > MAX_PROBLEMS ? [`and ${problems.length - MAX_PROBLEMS} more`] : [];
  return [...shown, ...rest].join("; ");
}

/** Only where IT has set something, or has tried to. */
function policyCheck({ config, words = englishWords.health }: HealthSources): readonly OwnCheck[] {
  const { rules, problems, keptAt, agentWanted } = config.machine();
  if (rules.rules.length === 0 && problems.length === 0 && agentWanted === null) return [];
  const kept = keptAt === null ? "" : `. In place of what cannot be read, what was read last holds, of ${new Date(keptAt).toISOString()}`;
  const wrong = [
    ...(agentWanted === null ? [] : [formatProblem(agentWanted)]),
    ...(problems.length === 0 ? [] : [`what IT has set for this machine, and only IT can mend: ${mistakes(problems)}${kept}`]),
  ];
  const outcome = wrong.length === 0 ? good(words.policyRead(rules.rules.length)) : bad({ kind: "policy", code: "invalid-input", detail: wrong.join(". ") });
  return [{ subject: "configuration", check: "policy", target: null, run: async () => outcome }];
}

function systemsOn(wanted: Config): readonly string[] {
  return (["assist", "tunnel", "bridge", "integrations", "simulations"] as const).filter((name) => wanted[name] !== undefined);
}

async function historyOutcome({ wanted, trouble, history, words = englishWords.health }: HealthSources, signal: AbortSignal): Promise<HealthOutcome> {
  if (wanted.history === undefined) return skipped(words.historyOff);
  const notice = trouble("history");
  return notice === null ? history(signal) : troubleOutcome(notice);
}

async function auditOutcome({ wanted, trouble, files, clock, words = englishWords.health }: HealthSources, signal: AbortSignal): Promise<HealthOutcome> {
  if (wanted.audit === undefined) return skipped(words.auditOff);
  const notice = trouble("audit");
  if (notice !== null) return troubleOutcome(notice);
  const { directory } = wanted.audit;
  try {
    const tail = await auditTail(files, directory, signal);
    switch (tail.kind) {
      case "empty":
        return good(words.auditEmpty);
      case "whole":
        return good(words.auditWhole(tail.seq, tail.at === null ? null : clock.now() - tail.at));
      case "torn":
        return doubtful(words.auditTorn(tail.file));
      case "contradicted":
        return bad({ kind: "policy", code: "audit-broken", detail: tail.words });
      default:
        return assertNever(tail);
    }
  } catch (error) {
    return bad(diskFault(error, `reading ${directory}`));
  }
}

/** A warning: the work of keeping goes on, or does so again. */
function troubleOutcome({ level, what, effect, remedy }: Notice): HealthOutcome {
  const words = `${what} ${effect}`;
  return level === "warning" ? doubtful({ found: words, remedy }) : bad(disk(words));
}

function disk(detail: string): Fault {
  return { kind: "transport", code: "disk", detail };
}
