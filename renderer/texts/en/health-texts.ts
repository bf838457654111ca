import type { HealthCheck, HealthOutcome, HealthSubject } from "../../../shared/health.ts";
import { formatCount, formatList } from "../../ui/format.ts";
import { plural } from "../plural.ts";

/** So many names stand in a sentence; the rest are counted. */
const NAMED = 2;

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? formatList([...names.slice(0, NAMED), `${formatCount(more)} more`]) : formatList(names);
}

/** About the page "what is wrong". Loaded with it. */
export const healthTexts = {
  subjects: {
    program: "Callside",
    configuration: "Configuration",
    storage: "Storage",
    assist: "Agent assist",
    tunnel: "Runtime tunnel",
    bridge: "Genesys bridge",
    integrations: "Integrations",
    simulations: "Simulations",
  } satisfies Record<HealthSubject, string>,

  checks: {
    version: "Version of the program",
    clock: "Clock of this computer",
    file: "Configuration file",
    policy: "What IT has set",
    "data-folder": "Folder for Callside's files",
    history: "History of interactions",
    audit: "Audit trail",
    secrets: "Place for secrets",
    name: "Finding the server's address",
    reach: "Reaching the server",
    certificate: "Certificate of the server",
    token: "Signing in to the platform",
    answer: "Answer of the platform",
    connection: "Live connection",
  } satisfies Record<HealthCheck, string>,

  outcomes: {
    waiting: "Waiting",
    running: "Checking",
    good: "Good",
    doubtful: "Doubtful",
    bad: "Failed",
    skipped: "Not tried",
  } satisfies Record<HealthOutcome["kind"], string>,

  answer: {
    running: "Checking everything",
    // Not that all works: a server that lets us in may still fail at what it is asked for later.
    good: "Nothing wrong was found",
    goodHint: (checks: number, notTried: number): string =>
      `${plural(checks, "check is", "checks are")} good${notTried === 0 ? "" : `; ${formatCount(notTried)} did not apply or could not be tried`}. If something does not work all the same, tell your administrator: it lies behind what can be tried from here.`,
    doubtful: (found: string): string => `Works, but: ${found}`,
    bad: (what: string, subjects: readonly string[]): string => `${what} (${named(subjects)})`,
    stopped: "Stopped before everything was checked",
    stoppedHint: "What had been found until then stands below.",
    nothing: "Nothing could be checked",
    nothingHint: "No check gave an answer. Export diagnostics below, and give the file to whoever helps you.",
    also: "Also",
    refused: "The checks could not be run.",
    soFar: "Found so far",
  },

  progress: (done: number, total: number): string => `${formatCount(done)} of ${formatCount(total)}`,
  progressLabel: "Checks done",
  checkedAt: (time: string): string => `Checked at ${time}`,
  stop: "Stop",
  runAgain: "Run again",
  copyText: "Copy as text",
  copied: "Copied",
  copyFailed: "The clipboard could not be written.",
  list: "Checks",
  sent: "To find this out, Callside asks each platform for a token and throws it away, and asks its servers whether they answer, without token, name or content. Nothing is changed there.",

  allGood: (count: number): string => `${plural(count, "check", "checks")} good`,
  counts: {
    bad: (count: number): string => `${formatCount(count)} failed`,
    doubtful: (count: number): string => `${formatCount(count)} doubtful`,
    good: (count: number): string => `${formatCount(count)} good`,
    skipped: (count: number): string => `${formatCount(count)} not tried`,
  },
  checked: (done: number, total: number): string => `${formatCount(done)} of ${formatCount(total)} checked`,
  allWaiting: "waiting",
  underOneMs: "under 1 ms",
  found: (detail: string): string => `Found: ${detail}`,

  reconnect: "Reconnect now",
  reconnectHint: "Run the checks again to see whether it helped.",
  openSettings: "Open settings",

  export: {
    title: "Export diagnostics",
    hint: "Writes one file for whoever helps you. Callside sends it nowhere, and you can read it first.",
    within: "What is in it",
    withinList: [
      "versions of Callside and of this computer's system",
      "the configuration, with addresses cut to their host",
      "connections with their states and last faults, figures and notices",
      "the result of these checks",
      "how large history and audit trail are, and nothing of what they hold",
      "the log, and crash reports as text",
    ],
    without: "What is not",
    withoutList: ["conversations, messages and suggestions", "passwords, tokens and other secrets", "names, numbers and addresses of people"],
    button: "Export diagnostics",
    writing: "Writing…",
    written: "Written to",
    copyPath: "Copy path",
    failed: "The file was not written.",
  },

  text: {
    title: "Callside: what is wrong",
    at: (time: string): string => `Checked at ${time}`,
  },
} as const;
