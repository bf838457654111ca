/** What is said in more than one place. */
export const commonTexts = {
  product: "Callside",
  practice: "Practice",
  practiceHint: "Calls and suggestions come from the built-in practice platform. Nothing reaches a customer.",
  close: "Close",
  undo: "Undo",
  dismiss: "Dismiss",
  show: "show",
  none: "—",
  ago: (age: string): string => `${age} ago`,
  since: (time: string): string => `since ${time}`,
  latency: (ms: string): string => `${ms} ms`,
} as const;
