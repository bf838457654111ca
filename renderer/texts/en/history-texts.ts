import type { PeriodProblem } from "../../history/period.ts";
import { formatCount } from "../../ui/format.ts";
import { plural } from "../plural.ts";

/** About the past: finding an interaction, reading it as it was, forgetting it. Loaded with the views of the past. */
export const historyTexts = {
  title: "History",

  off: {
    title: "No history is kept",
    hint: "Callside can keep on this computer what was said, suggested and done with it, to be found again here.",
    how: "To switch it on, add the section “history” to the configuration. It says for how many days things are kept.",
  },
  nothing: {
    title: "Nothing has been kept yet",
    hint: "Each interaction is kept here from its beginning: what was said, what was suggested and when, and what became of it.",
  },
  notFound: { title: "Nothing like this", hint: "No kept interaction has these words, in this period.", reset: "Look everywhere" },
  failed: "The history could not be read.",
  retry: "Try again",

  filter: {
    label: "Which interactions",
    period: "Period",
    any: "Any time",
    days: { 1: "Today", 7: "7 days", 30: "30 days" },
    range: "From–to",
    from: "From",
    to: "To",
    channel: "Channel",
    anyChannel: "All channels",
    queue: "Queue",
    anyQueue: "All queues",
    agent: "Agent",
    anyAgent: "All agents",
    problems: {
      incomplete: () => "Choose both days.",
      order: () => "The first day is after the last one.",
      "too long": (days) => `That is longer than ${formatCount(days)} days. Choose a shorter period.`,
    } satisfies Record<PeriodProblem, (days: number) => string>,
  },

  search: {
    label: "Search in what was said and suggested",
    hint: "Words, “a phrase”, a name or an id (/)",
    asking: "…",
    tooLong: (max: number): string => `No more than ${formatCount(max)} characters are searched for; whatever was beyond was left out.`,
    nothingIn: (text: string): string => `Nothing to search for in “${text}”`,
    nothingInHint: "A search goes by letters and digits.",
    found: (count: number, more: boolean): string => (more ? `${formatCount(count)} and more` : formatCount(count)),
    results: "Interactions that were found",
    announced: (count: number, more: boolean): string => (count === 0 ? "Nothing found" : more ? `More than ${plural(count, "interaction", "interactions")} found` : `${plural(count, "interaction", "interactions")} found`),
    lines: (count: number): string => plural(count, "line", "lines"),
    moments: (count: number): string => plural(count, "moment", "moments"),
    suggested: "Suggested",
    more: "Looking further…",
    moreFailed: "The rest could not be read.",
    live: "Live",
  },

  record: {
    label: "The interaction as it was",
    choose: "Choose an interaction to read it as it was.",
    opening: "Opening…",
    failed: "This interaction could not be opened.",
    back: "Back",
    backHint: "Back to what was found (Esc)",
    agent: (id: string): string => `Agent ${id}`,
    lasted: (length: string): string => `lasted ${length}`,
    under: "still under way",
    endUnknown: "its end is not known",
    unsaid: "Answers to lines that are not kept",
    silent: "Nothing was said.",
    rejudged: (version: string): string => `Policy was changed meanwhile, to ${version}. From then on:`,
    replaced: "The answer came and took the fallback's place:",
    came: (time: string, after: string): string => `came ${time}, ${after} after it was said`,
    empty: "The platform had nothing to suggest for this.",
    emptied: (count: number): string => `The platform answered, and policy withheld ${count === 1 ? "its one suggestion" : `all ${formatCount(count)} suggestions`}.`,
    withheld: (count: number): string => `${formatCount(count)} withheld:`,
    why: (what: string): string => `Why: ${what}`,
    unseen: "was never on screen",
    did: {
      displayed: (time: string): string => `on screen ${time}`,
      clicked: (time: string): string => `chosen ${time}`,
      copied: (time: string): string => `copied ${time}`,
      sent: (time: string): string => `sent ${time}`,
      dismissed: (time: string): string => `dismissed ${time}`,
      helpful: (time: string): string => `judged helpful ${time}`,
      "not helpful": (time: string): string => `judged not helpful ${time}`,
    },
    copy: "Copy",
    copied: "Copied",
    copyLabel: (text: string): string => `Copy: ${text}`,
    copyFailed: "The clipboard refused the text. Select it here and copy it.",
  },

  forget: {
    one: "Forget this interaction…",
    customer: (name: string): string => `Forget everything about “${name}”…`,
    counting: "Counting…",
    confirmOne: (name: string): string => `Forget the interaction with ${name}?`,
    whatOne: (day: string, time: string, lines: number, suggestions: number): string =>
      `Of ${day}, ${time}: ${plural(lines, "line", "lines")} of what was said, ${plural(suggestions, "suggestion", "suggestions")}, and what became of them. They are erased from this computer and cannot be brought back. The audit file keeps a line that something was forgotten, without a name.`,
    confirmCustomer: (name: string): string => `Forget everything about “${name}”?`,
    whatCustomer: (count: number, name: string): string =>
      `${plural(count, "interaction", "interactions")} with customers called ${name}, whether they are listed here or not: everything that was said and suggested, and the name. They are erased from this computer and cannot be brought back. Somebody else of the same name is forgotten too.`,
    nothingYet: "Nothing was forgotten yet.",
    staying: (begun: readonly string[]): string =>
      begun.length === 1
        ? `The one that began on ${begun[0]} is still going on and stays. Forget it once it has ended, or once nothing has been said in it for half an hour.`
        : `${formatCount(begun.length)} are still going on and stay; they began on ${begun.join("; ")}. Forget them once they have ended, or once nothing has been said in them for half an hour.`,
    stillLive: "The conversation is still going on. Forget it once it has ended, or once nothing has been said in it for half an hour.",
    nobody: (name: string): string => `Nothing is kept about “${name}”.`,
    now: "Forget it",
    allNow: (count: number): string => `Forget ${plural(count, "interaction", "interactions")}`,
    cancel: "Cancel",
    erasing: "Erasing…",
    doneOne: "Forgotten. Nothing of it is left in the history.",
    doneCustomer: (count: number): string => `Forgotten: ${plural(count, "interaction", "interactions")}. Nothing of them is left in the history.`,
    failed: "It was not forgotten.",
    countFailed: "It could not be counted, and nothing was forgotten.",
  },
} as const;
