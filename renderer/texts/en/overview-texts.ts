import { formatCount } from "../../ui/format.ts";
import { plural } from "../plural.ts";
import type { TriggerColumn, Worth } from "../../overview/trigger-order.ts";

const percent = (share: number): string => `${share} %`;

/** About whether suggestions help. Loaded with the overview. */
export const overviewTexts = {
  title: "Overview",
  mine: "My figures",
  mineHint: "Of this desk's own history: what was suggested to you, and what you did with it.",
  percent,

  head: {
    asOf: (time: string): string => `As of ${time}`,
    reading: "Reading…",
    again: "Read again",
    size: (interactions: number, utterances: number): string => `${plural(interactions, "interaction", "interactions")}, ${plural(utterances, "line", "lines")}`,
  },

  systems: {
    label: "Systems",
    stream: "Live stream",
    tunnel: "Tunnel",
    bridge: "Bridge",
    integrations: "Integrations",
    simulations: "Simulations",
    latency: (now: string, p95: string): string => `${now} ms, p95 ${p95} ms`,
    noLatency: "not measured yet",
    heard: (age: string): string => `last event ${age} ago`,
    unheard: "no event yet",
    waiting: (waiting: number): string => (waiting === 0 ? "nothing waits" : `${formatCount(waiting)} waiting`),
    decide: (count: number): string => `${formatCount(count)} to be decided`,
    registered: (count: number, all: number): string => `${formatCount(count)} of ${formatCount(all)} registered`,
    noIntegrations: "None yet",
    paused: (count: number): string => plural(count, "is paused", "are paused"),
    failing: (failures: number, calls: number): string => `${formatCount(failures)} of ${plural(calls, "call", "calls")} failed`,
    noCalls: "no calls yet",
    notRun: "Not run yet",
    noSuite: "no suite chosen",
    running: (done: number, total: number): string => `Running, ${formatCount(done)} of ${formatCount(total)}`,
    preparing: "Preparing",
    passed: (passed: number, total: number): string => `${formatCount(passed)} of ${formatCount(total)} passed`,
    review: "review required",
    compliant: "compliant",
  },

  source: { label: "Whose history", desk: "This desk", team: "Team" },

  figures: {
    label: "Suggestions in figures",
    displayed: "Displayed",
    ofSets: (sets: number): string => `in ${plural(sets, "moment", "moments")}`,
    used: "Used",
    ofDisplayed: (share: number): string => `${percent(share)} of displayed`,
    nothingDisplayed: "none was displayed",
    copied: "Copied",
    sent: "Sent",
    dismissed: "Dismissed",
    withheld: "Withheld",
    byPolicy: "by policy",
    fallbacks: "Fallbacks",
    ofMoments: (share: number): string => `${percent(share)} of moments`,
    noMoments: "no moment",
    helpful: (helpful: number, notHelpful: number): string => `judged ${formatCount(helpful)} helpful, ${formatCount(notHelpful)} not`,
    latency: "Latency p95",
    median: (latency: string): string => `p50 ${latency}`,
    ms: (ms: string): string => `${ms} ms`,
    notMeasured: "nothing was asked",
  },

  days: {
    title: "Per day",
    oneDay: "One day has no course. Choose more days to see how it goes.",
    displayed: "displayed",
    used: "of these used",
    hover: (day: string, displayed: number, used: number): string => `${day}: ${formatCount(displayed)} displayed, ${formatCount(used)} used`,
    table: "Figures per day",
    day: "Day",
    interactions: "Interactions",
    p50: "Latency p50, ms",
    p95: "Latency p95, ms",
  },

  latency: {
    title: "Latency, trigger to answer",
    p50: (ms: string): string => `p50 ${ms} ms`,
    p95: (ms: string): string => `p95 ${ms} ms`,
    last: "on the last day",
    none: "The platform was not asked in this period.",
    top: (ms: string): string => `${ms} ms`,
  },

  triggers: {
    title: "Triggers",
    hint: "What brings suggestions that are used, and what brings noise.",
    none: "Nothing triggered in this period.",
    sortBy: "Sort by",
    columns: {
      words: "Trigger",
      sets: "Moments",
      displayed: "Displayed",
      used: "Used",
      dismissed: "Dismissed",
      notHelpful: "Not helpful",
      withheld: "Withheld",
      empty: "Empty",
    } satisfies Record<TriggerColumn, string>,
    columnHints: {
      words: "The configured keyword",
      sets: "How often it fired",
      displayed: "Suggestions that were on screen",
      used: "Copied or sent",
      dismissed: "Taken away unused",
      notHelpful: "Judged not helpful",
      withheld: "Kept back by policy",
      empty: "Nothing came of it: the platform had nothing, or policy left nothing",
    } satisfies Record<TriggerColumn, string>,
    sentiment: "Sentiment below the threshold",
    worth: { useful: "Useful", noise: "Noise", mixed: "", few: "" } satisfies Record<Worth, string>,
    worthHints: {
      useful: "At least a quarter of what it brought was used",
      noise: "Hardly anything of what it brought was used",
      mixed: "",
      few: "",
    } satisfies Record<Worth, string>,
    share: percent,
    act: "What can be done",
    without: "Try without it",
    withoutLabel: (words: string): string => `Try without it: “${words}”`,
    all: (count: number): string => `Show all ${formatCount(count)}`,
    fewer: "Show fewer",
  },

  withheld: {
    title: "Withheld, by rule",
    none: "Policy withheld nothing.",
    more: (count: number): string => `and ${plural(count, "rule", "rules")} more`,
    rules: { phrase: "Phrase", confidence: "Confidence too low", malformed: "Could not be read" },
  },

  sentiment: {
    title: "How customers sounded",
    hint: "The first and the last fifth of what they said, from −1 to +1",
    start: "At the start",
    end: "At the end",
    none: "Nothing that customers said was scored.",
    better: (count: number): string => `${formatCount(count)} better`,
    worse: (count: number): string => `${formatCount(count)} worse`,
    same: (count: number): string => `${formatCount(count)} the same`,
    of: (count: number): string => `of ${plural(count, "interaction", "interactions")}`,
  },

  agents: {
    title: "Agents",
    hint: "Agents see their own figures first.",
    agent: "Agent",
    share: "Share used",
    rest: (date: string): string => `Newer ones from ${date}, at the latest`,
    hidden: (date: string): string => `Not shown until the agent has looked at them, or until ${date}.`,
  },

  leftOut: {
    title: (interactions: number, agents: number): string => `Not in any figure here: ${plural(interactions, "interaction", "interactions")} of ${plural(agents, "agent", "agents")}.`,
    hint: "Agents see their own figures first: for others an interaction counts once its agent has looked since, or after seven days.",
  },

  unread: {
    title: (count: number): string => `${plural(count, "file", "files")} of the team's folder could not be read.`,
    one: (file: string, why: string): string => `${file}: ${why}`,
    more: (count: number): string => `and ${formatCount(count)} more`,
  },

  export: {
    button: "Export CSV",
    writing: "Writing…",
    written: "Written to",
    copy: "Copy path",
    copied: "Copied",
    refused: "The clipboard refused it. Select the path here.",
    failed: "The figures were not exported.",
  },

  off: {
    title: "No history is kept",
    hint: "Figures are counted from the history: what was shown, and what became of it.",
    how: "To switch it on, add the section “history” to the configuration.",
  },
  noTeam: {
    title: "No team folder is set up",
    hint: "Several desks can put their figures together in one folder, and this page can read them.",
    how: "Set history.teamFolder in the configuration to that folder.",
    desk: "Show this desk",
  },
  nothing: {
    title: "Nothing to count yet",
    hint: "As soon as an interaction brings a suggestion, it is counted here: shown, used, dismissed, withheld.",
  },
  nothingThen: { title: "Nothing in this period", hint: "No interaction was kept in it that passes the filter.", reset: "Show 30 days" },
  failed: "The figures could not be read.",
  retry: "Try again",
} as const;
