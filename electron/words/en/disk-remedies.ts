import type { DiskHindrance } from "../disk-hindrance.ts";

/** What to do where something cannot be written, by what is in the way. */
export const diskRemedies: Readonly<Record<DiskHindrance, string>> = {
  full: "Free space on the disk.",
  locked: "Close the other program that has the file open, such as a second Callside or a backup.",
  denied: "Ask IT to check the folder's rights.",
  other: "Free space on the disk, or ask IT to check the folder's rights.",
};
