import type { Saying } from "../saying.ts";

/** What the configuration, the machine's policy, the phrase list and the key store have to say. */
export const rulesWords = {
  /** `problems`: each as found; `more`: how many are not named. */
  configMistakes: (problems: readonly string[], more: number): Saying => ({
    what: `The configuration file has ${problems.length + more === 1 ? "a mistake" : `${problems.length + more} mistakes`}: ${withMore(problems, more)}.`,
    effect: "The last good settings stay in use.",
    remedy: "Mend the file; it takes effect when it is saved.",
  }),
  /** `keptAt`: when what holds in its place was read, as the machine writes times; null where nothing is kept. `isUnknown`: not all of what IT wants is known. */
  machinePolicy: (problems: readonly string[], more: number, { isUnknown, keptAt }: { readonly isUnknown: boolean; readonly keptAt: string | null }): Saying => {
    const kept = keptAt === null ? "" : `What was read last (${keptAt}) holds in its place.`;
    const strict = isUnknown ? "Where nothing was read before, the built-in rules hold at least, and cannot be changed." : "";
    const effect = [kept, strict].filter((one) => one !== "").join(" ");
    return {
      what: `What IT has set for this computer cannot be followed: ${withMore(problems, more)}.`,
      effect: effect === "" ? "All else that IT has set holds." : effect,
      remedy: "Tell IT. The settings are read again every ten minutes, and when the computer wakes up.",
    };
  },
  phraseList: (detail: string, holds: boolean): Saying => ({
    what: `The list of prohibited phrases cannot be used as it is now: ${detail}.`,
    effect: holds ? "The last good list stays in use, with the phrases of the settings." : "Only the phrases of the settings are in use.",
    remedy: "It is looked for again every few minutes. If it stays, tell IT.",
  }),
  /** None has ever been had on this computer. */
  phraseListAwaited: (): Saying => ({
    what: "The list of prohibited phrases has never been fetched on this computer, and its server has not answered yet.",
    effect: "Until it is here, only the phrases of the settings are in use.",
    remedy: "It is being fetched, and looked for again every few minutes. If this stays, tell IT.",
  }),
  /** The role is that of an agent, and agent assist cannot tell whose interactions to take. */
  agentIdWanted: (): Saying => ({
    what: "IT has set up agent assist for one agent at this computer, and nobody has said which agent works here.",
    effect: "Agent assist stays off, because it would take the interactions of everybody.",
    remedy: "Enter your agent id under Connections in the settings. If you do not know it, ask IT.",
  }),
  credentialsNotRead: (detail: string): Saying => ({
    what: "The credentials could not be read from the key store.",
    effect: `Systems that need them are not connected. Found: ${detail}.`,
    remedy: "Unlock the key store and start Callside again, or enter the credentials anew under Connections in the settings.",
  }),
  /** Nothing protects secrets on this machine; `why` as the vault gives it. */
  vaultInMemory: (why: string): Saying => ({
    what: `This machine offers no protected place for secrets: ${why}.`,
    effect: "A secret that is stored here stays in memory and is gone when Callside ends. It is never written to the disk unprotected.",
    remedy: "Set up or unlock the key store of this system and start Callside again, or give secrets as environment variables of the same names.",
  }),
  secretsDamaged: (path: string): Saying => ({
    what: "The file of secrets was damaged.",
    effect: `It was set aside as ${path}, and a new one is begun. Integrations that need a secret cannot run until it is stored again.`,
    remedy: "Store the secrets again. Keep that file if IT wants to look at it.",
  }),
  widgetNotServed: (detail: string): Saying => ({
    what: "The widget configuration is not served.",
    effect: `${detail}.`,
    remedy: "Everything else works. Change assist.widgetConfigPort, or remove it.",
  }),
  endedUnexpectedly: {
    what: "Callside ended unexpectedly last time.",
    effect: "What was on the panel then is in the history; connections have been made anew.",
    remedy: "If it happens again, open “What is wrong”, export diagnostics, and give the file to whoever helps you.",
  },
};

function withMore(problems: readonly string[], more: number): string {
  return `${problems.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
