import type { OverviewFigures } from "../../../shared/overview.ts";

const figures: Readonly<Record<keyof OverviewFigures, string>> = {
  sets: "sets",
  displayed: "displayed",
  copied: "copied",
  sent: "sent",
  used: "used",
  dismissed: "dismissed",
  helpful: "helpful",
  notHelpful: "not helpful",
  withheld: "withheld",
  fallbacks: "fallbacks",
  latencyP50: "latency p50 ms",
  latencyP95: "latency p95 ms",
};

/** The words of an overview as CSV: the columns, and the names of its tables in the first of them. */
export const overviewFileWords = {
  table: "table",
  name: "name",
  interactions: "interactions",
  figures,
  empty: "empty",
  /** What the figures are of, and what has no column. */
  facts: {
    source: "whose history",
    from: "first day",
    to: "last day",
    zone: "time zone",
    channel: "of channel",
    queue: "of queue",
    agent: "of agent",
    utterances: "lines",
    scored: "interactions with sentiment",
    start: "sentiment at the start",
    end: "sentiment at the end",
    better: "sentiment better",
    same: "sentiment the same",
    worse: "sentiment worse",
  },
  sources: { desk: "this desk", team: "team" },
  all: "all",
  total: "total",
  day: "day",
  trigger: "trigger",
  sentiment: "sentiment",
  agent: "agent",
  withheldBy: "withheld",
  /** Between two cells. */
  separator: ",",
  /** Before the part of a number that is less than one. */
  decimal: ".",
  /** Its name is how many agents, and beside it how many interactions of theirs. */
  leftOut: "left out, of so many agents",
};
