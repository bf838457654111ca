/** A problem in words: what happened, and what becomes of it or can be done. */
export interface ProblemWords {
  readonly what: string;
  readonly remedy: string;
}

const again = "It is tried again by itself.";
const notLoaded = "Nothing was loaded. Tell your administrator.";
const notKept = "It was thrown away and is loaded again by itself. If it stays, tell your administrator.";

/** What the panel says of updates. `detail`: a sentence. */
export const updateWords = {
  noFeed: (name: string): ProblemWords => ({
    what: `There is no ${name} at the address for updates.`,
    remedy: `${again} If it stays, tell your administrator: the address or the channel is wrong, or nothing is published.`,
  }),
  unsigned: { what: "The update is not signed.", remedy: notLoaded },
  wrongSignature: { what: "The update is not signed by its maker.", remedy: notLoaded },
  malformed: (detail: string): ProblemWords => ({ what: `What is published for updates cannot be used: ${detail}.`, remedy: notLoaded }),
  wrongChannel: (found: string, allowed: string): ProblemWords => ({ what: `The update is for another channel: found ${found}, allowed ${allowed}.`, remedy: notLoaded }),
  wrongPlatform: (found: string, allowed: string): ProblemWords => ({ what: `The update is for another system: found ${found}, allowed ${allowed}.`, remedy: notLoaded }),
  noVersion: (found: string): ProblemWords => ({ what: `The update has no proper version: found ${found}, allowed such as 1.2.3.`, remedy: notLoaded }),
  older: (found: string, running: string): ProblemWords => ({
    what: `Version ${found} is older than ${running}, which runs here.`,
    remedy: "It is not installed. To go back, your administrator installs the older version by hand.",
  }),
  checksum: (version: string): ProblemWords => ({ what: `The package of version ${version} is not the one that was signed.`, remedy: notKept }),
  publisher: (version: string): ProblemWords => ({ what: `The system does not accept who signed the package of version ${version}.`, remedy: notKept }),
  system: (version: string): ProblemWords => ({ what: `Version ${version} needs a newer operating system.`, remedy: "This version goes on working. Tell your administrator." }),
  updater: (code: string): ProblemWords => ({ what: `The update could not be made ready (${code}).`, remedy: `${again} If it stays, tell your administrator.` }),
  notInstalled: (version: string): ProblemWords => ({
    what: `Version ${version} was not installed.`,
    remedy: "This version goes on working. Try again; if it stays, tell your administrator.",
  }),
  notStored: (detail: string): ProblemWords => ({ what: `The update could not be kept on the disk. ${detail}`, remedy: `Make room or ask your administrator. ${again}` }),
  unreachable: (detail: string): ProblemWords => ({ what: `The place that updates come from cannot be reached. ${detail}`, remedy: "Nothing to do: it is tried again by itself." }),
  /** `remedy`: that of the fault. */
  unavailable: (detail: string, remedy: string): ProblemWords => ({ what: `Updates cannot be had. ${detail}`, remedy }),
  /** Why updates are off, as the end of a sentence. */
  off: {
    noAddress: "no address for updates is configured",
    notInstalled: "this program was not installed by a package",
    byIt: "this program is updated by your IT",
    noFeed: "this build is not one that updates itself",
    diskImage: "Callside runs from its disk image; move it to Applications first",
    noNetwork: (detail: string, remedy: string) => `${detail}. ${remedy}`,
  },
};

export type OffWhy = Exclude<keyof typeof updateWords.off, "noNetwork">;
