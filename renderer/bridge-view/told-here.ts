/** The notices of what this view shows in its own place, by their ids: said twice they would only push it down. */
export const toldHere: ReadonlySet<string> = new Set([
  "bridge-storage",
  "bridge-in-use",
  "bridge-slow-genesys",
  "bridge-slow-bot",
  "bridge-slow-reply",
  "bridge-dead-letters",
  "bridge-uncertain",
]);
