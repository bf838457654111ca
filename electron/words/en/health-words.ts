/** What a check found that is doubtful, and what to do. */
export interface Doubt {
  readonly found: string;
  readonly remedy: string;
}

/** A length of time: `3 s`, `4 min`, `2 h`, `5 days`. Takes milliseconds. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

const waitAMoment = "Wait a moment, then check again.";

/** What the checks of the page "what is wrong" find; faults have words of their own. Times in ms. */
export const healthWords = {
  historyNotOpen: "it is not open yet",
  historyAnswers: "opens and answers",
  historyOff: "the configuration has no history",
  nothingKept: "nothing is kept yet",
  historySize: (bytes: number) => `${Math.max(1, Math.round(bytes / 1_000))} kB`,
  historyOdd: (bytes: number): Doubt => ({
    found: `${Math.max(1, Math.round(bytes / 1_000))} kB, and not begun or not a history`,
    remedy: "Start Callside: it sets a damaged one aside and begins a new one.",
  }),
  auditOff: "the configuration has no audit file",
  auditEmpty: "nothing has been written yet",
  auditWhole: (line: number, agoMs: number | null) => (agoMs === null ? `whole at its end, line ${line}` : `whole at its end, line ${line} written ${span(agoMs)} ago`),
  auditTorn: (file: string): Doubt => ({
    found: `the last line of ${file} is unfinished, as after a power cut`,
    remedy: "Nothing to do: the next start mends it and records that.",
  }),
  keyStore: "kept in this system's key store",
  /** `detail`: what the system itself said, in its own words. */
  keyStoreClosed: (detail: string): Doubt => ({ found: "the key store of this system cannot be used now", remedy: `Unlock it, or start Callside again. Found: ${detail}` }),
  /** `detail` as above; null where nothing was said. */
  secretsInMemory: (detail: string | null): Doubt => ({
    found: "kept in memory only, until Callside ends",
    remedy: `Set up or unlock the key store of this system, or give secrets as environment variables.${detail === null ? "" : ` Found: ${detail}`}`,
  }),
  noSecrets: "nothing is kept; it would be in memory only",
  secretsUnused: "nothing that is on takes a secret from it",
  keyStoreSilent: { found: "the key store of this system gave no answer", remedy: "Unlock it: it may be waiting for your password in a window of its own." },
  policyRead: (keys: number) => (keys === 1 ? "1 key is set by IT" : `${keys} keys are set by IT`),
  noFile: (on: readonly string[]) => `no file; ${systems(on)}`,
  fileRead: (on: readonly string[]) => `read without a mistake; ${systems(on)}`,
  fileMissing: (on: readonly string[]) => `there is none, which is allowed; ${systems(on)}`,
  folderMissing: "not there yet: it is made when something is first kept",
  folderWritable: "can be written; how much space is left cannot be told here",
  folderFree: (bytes: number) => `can be written, ${size(bytes)} free`,
  folderFilling: (bytes: number): Doubt => ({ found: `can be written, ${size(bytes)} free`, remedy: "Free some space on this disk before it is full." }),
  noClock: "no clock to compare with",
  nobodyAnswered: "no platform answered, so there is no clock to compare with",
  clockAgrees: "agrees with the platform's",
  clockBehind: (ms: number) => `${span(ms)} behind the platform`,
  clockAhead: (ms: number) => `${span(ms)} ahead of the platform`,
  clockRemedy: "Set date and time to automatic in the system's settings: beyond 5 minutes tokens and signatures fail.",
  tokenAccepted: (scopes: readonly string[], lifetimeMs: number) => `accepted${scopes.length === 0 ? "" : ` with ${scopes.join(", ")}`}; a token lasts ${span(lifetimeMs)}`,
  apiAnswers: (status: number) => `answers (status ${status}; any below 500 will do)`,
  apiFails: (target: string, status: number): Doubt => ({
    found: `${target} answers, though with an error of its own (status ${status})`,
    remedy: "What is asked of it fails there, not here. If it stays, tell those who run the platform, with this status.",
  }),
  isAddress: "an address, so there is no name to look up",
  addresses: (count: number) => (count === 1 ? "1 address" : `${count} addresses`),
  portAnswers: "the port answers",
  proxyPasses: "the proxy passes it on",
  noEncryption: "no encryption on this machine",
  /** `until`: the day, or null where it is unknown. */
  certificate: (issuer: string | null, until: string | null) => `issued by ${issuer ?? "nobody who is named"}, valid until ${until ?? "an unknown day"}`,
  certificateEnds: (issuer: string | null, until: string | null, leftMs: number): Doubt => ({
    found: `issued by ${issuer ?? "nobody who is named"}, valid until ${until ?? "an unknown day"}, which is in ${span(leftMs)}`,
    remedy: "Tell those who run the platform, or the proxy that issued it: it has to be renewed before then.",
  }),
  notOpened: "it has not been opened",
  wasClosed: "it was closed",
  opening: (ms: number): Doubt => ({ found: `being opened for ${span(ms)}`, remedy: waitAMoment }),
  open: openWords,
  late: (standing: Standing): Doubt => ({ found: `${openWords(standing)}; a sign of life is late`, remedy: "Wait a moment: if none comes, it is replaced by itself." }),
  channel: (standing: Standing, status: string): Doubt => ({ found: `${openWords(standing)}; the runtime says of its channel: ${status}`, remedy: lookedAtAgain() }),
  probe: (standing: Standing): Doubt => ({ found: `${openWords(standing)}; the runtime left the last check unanswered`, remedy: lookedAtAgain() }),
  degradedLate: (standing: Standing): Doubt => ({ found: `${openWords(standing)}; a sign of life is late`, remedy: lookedAtAgain() }),
  eventsMissed: (standing: Standing, missed: number): Doubt => ({
    found: `${openWords(standing)}; ${missed} of its events never came`,
    remedy: "What was said then may be missing in transcripts. If the number grows, report it.",
  }),
  notLookedAt: "it could not be looked at",
  stopped: "stopped",
  nameFailed: (host: string) => `the name ${host} was not found`,
  reachFailed: (target: string) => `${target} was not reached`,
  certificateFailed: (target: string) => `no encrypted connection to ${target} came about`,
  tokenFailed: "no token was issued",
  answerFailed: (target: string) => `${target} gave no answer`,
  connectionFailed: "there is no connection",
  clockFailed: "this computer's clock is wrong",
};

/** A connection that is open: since when, when it was last heard and its last round trip, in ms; null where that is not known. */
export interface Standing {
  readonly openMs: number;
  readonly heardMs: number | null;
  readonly latencyMs: number | null;
}

function openWords({ openMs, heardMs, latencyMs }: Standing): string {
  const heard = heardMs === null ? "" : `, last heard ${span(heardMs)} ago`;
  const latency = latencyMs === null ? "" : `, latency ${Math.round(latencyMs)} ms`;
  return `open for ${span(openMs)}${heard}${latency}`;
}

function lookedAtAgain(): string {
  return "It is looked at again by itself. If it stays, tell your administrator.";
}

function systems(on: readonly string[]): string {
  return on.length === 0 ? "no system is turned on" : `on: ${on.join(", ")}`;
}

function size(bytes: number): string {
  return bytes >= 10_000_000_000 ? `${Math.round(bytes / 1_000_000_000)} GB` : `${Math.floor(bytes / 1_000_000)} MB`;
}
