import { z } from "zod";
import { dialogFaultShape, dialogFaultTable } from "./dialog-fault-rows.ts";
import { COUNT, count, type FaultRow, MILLISECONDS, milliseconds, now, numberText, on, SHARE, share, shareText } from "./fault-values.ts";
import { genesysFaultShape, genesysFaultTable } from "./genesys-fault-rows.ts";
import { integrationFaultShape, integrationFaultTable } from "./integration-fault-rows.ts";
import { runtimeFaultShape, runtimeFaultTable } from "./runtime-fault-rows.ts";
import { simulateFaultShape, simulateFaultTable } from "./simulate-fault-rows.ts";

/** Every fault by name; values arrive as text, as written on a command line. */
const faultsSchema = z.strictObject({
  latency: milliseconds,
  "late-reply": milliseconds,
  "429": z
    .string()
    .regex(/^(date:)?\d{1,4}$/)
    .transform((text) => ({ asDate: text.startsWith("date:"), seconds: Number(text.replace("date:", "")) }))
    .exactOptional(),
  "500": share,
  timeout: share,
  cut: share,
  "huge-reply": on,
  "bad-suggestions": on,
  html: on,
  empty: on,
  drop: z.union([now, shareText]).exactOptional(),
  "drop-now": z.union([now, z.literal("on").transform(() => "now" as const)]).exactOptional(),
  stall: z.enum(["on", "now"]).exactOptional(),
  malformed: share,
  oversized: share,
  binary: share,
  deep: share,
  "bad-score": share,
  duplicates: share,
  "out-of-order": share,
  foreign: count,
  replay: count,
  "expired-tokens": z.union([z.enum(["on", "now"]), numberText(1, 86_400, true)]).exactOptional(),
  "refuse-token": z.enum(["400", "401", "403", "429", "500"]).transform(Number).exactOptional(),
  "missing-scope": z.string().regex(/^\S{1,100}$/).exactOptional(),
  upgrade: z.enum(["401", "403", "503"]).transform(Number).exactOptional(),
  "token-form": z.literal("opaque").exactOptional(),
  ...runtimeFaultShape,
  ...simulateFaultShape,
  ...genesysFaultShape,
  ...dialogFaultShape,
  ...integrationFaultShape,
});

/** The faults that are set, with their parsed values. */
type FaultValues = Readonly<z.infer<typeof faultsSchema>>;
export type FaultName = keyof FaultValues;

/** One fault as asked for: `value` is text that its row allows. */
export interface FaultSetting {
  readonly name: FaultName;
  readonly value: string;
}

/** What each fault takes and does; `on` may be left out, as in `--fault html`. */
export const faultTable = {
  latency: { allowed: MILLISECONDS, does: "Every suggest reply takes this much longer." },
  "late-reply": { allowed: MILLISECONDS, does: "Every other suggest reply is late by this much, so that two arrive out of order." },
  "429": { allowed: "seconds from 0 to 9999, or date:SECONDS", does: "Suggest answers 429 with Retry-After in seconds, or as an HTTP date." },
  "500": { allowed: SHARE, does: "This share of the suggest requests answers 500." },
  timeout: { allowed: SHARE, does: "This share of the suggest requests is never answered." },
  cut: { allowed: SHARE, does: "This share of the suggest replies breaks off in the middle." },
  "huge-reply": { allowed: "on", does: "Suggest answers with more than 10 MB." },
  "bad-suggestions": { allowed: "on", does: "Each reply has one suggestion without text and one with confidence 7 among the others." },
  html: { allowed: "on", does: "Transcripts and suggestions contain HTML." },
  empty: { allowed: "on", does: "Suggest answers with an empty list." },
  drop: { allowed: `${SHARE} of the frames, or now`, does: "The socket breaks without a close frame (1006) instead of delivering the frame." },
  "drop-now": { allowed: "now", does: "Breaks every open socket once; the same as drop=now." },
  stall: { allowed: "on, or now", does: "Sockets stay open but say nothing and answer no ping: all while it is on, or those open now." },
  malformed: { allowed: SHARE, does: "A broken frame goes before this share of the frames." },
  oversized: { allowed: SHARE, does: "A frame of 5 MB goes before this share of the frames." },
  binary: { allowed: SHARE, does: "A binary frame goes before this share of the frames." },
  deep: { allowed: SHARE, does: "A frame nested 20000 levels deep goes before this share of the frames." },
  "bad-score": { allowed: SHARE, does: "This share of the frames has a sentiment score out of range or of the wrong type." },
  duplicates: { allowed: SHARE, does: "This share of the frames is sent twice." },
  "out-of-order": { allowed: SHARE, does: "This share of the frames changes places with the next one." },
  foreign: { allowed: COUNT, does: "As many frames of other agents go before each frame." },
  replay: { allowed: COUNT, does: "Who connects again gets the last frames once more." },
  "expired-tokens": { allowed: "on, now, or seconds from 1 to 86400", does: "No token is valid any more (on), those issued so far are not (now), or tokens live this long; the runtime and Genesys end the sessions of tokens that have expired." },
  "refuse-token": { allowed: "400, 401, 403, 429 or 500", does: "The token endpoint refuses." },
  "missing-scope": { allowed: "the name of a scope", does: "Tokens are issued without this scope." },
  upgrade: { allowed: "401, 403 or 503", does: "The stream's upgrade is refused." },
  "token-form": { allowed: "opaque", does: "The token endpoints issue tokens that are no JWT." },
  ...runtimeFaultTable,
  ...simulateFaultTable,
  ...genesysFaultTable,
  ...dialogFaultTable,
  ...integrationFaultTable,
} as const satisfies Record<FaultName, FaultRow>;

/** A parsed setting, or in `error` what was found and what is allowed. */
export type FaultResult =
  | { readonly ok: true; readonly value: FaultSetting }
  | { readonly ok: false; readonly error: string };

/** Reads `NAME=VALUE` as given on the command line; `NAME` alone means `NAME=on`. */
export function parseFault(text: string): FaultResult {
  const at = text.indexOf("=");
  return at < 0 ? checkFault(text.trim(), "on") : checkFault(text.slice(0, at).trim(), text.slice(at + 1).trim());
}

/** Checks a fault's name and value; `true` counts as `on`. */
export function checkFault(name: string, value: string | number | boolean): FaultResult {
  if (!isFaultName(name)) {
    return { ok: false, error: `no fault is called "${shown(name)}"; allowed: ${Object.keys(faultTable).join(", ")}` };
  }
  const text = value === true ? "on" : String(value);
  const parsed = faultsSchema.safeParse({ [name]: text });
  if (parsed.success) return { ok: true, value: { name, value: text } };
  return { ok: false, error: `${name}: found "${shown(text)}", allowed: ${faultTable[name].allowed}` };
}

/** The faults of a running sandbox. */
export interface FaultBoard {
  readonly values: FaultValues;
  /** As they were written, by name. */
  readonly settings: Readonly<Record<string, string>>;
  set(setting: FaultSetting): void;
  clear(name: FaultName): void;
  /** Decides whether a fault that has a share strikes this time. */
  strikes(share: number | undefined): boolean;
}

/** Faults that mean a moment whatever their value is. */
const momentary: ReadonlySet<FaultName> = new Set(["drop-now", "tunnel-close", "genesys-renumber"]);

/**
 * Keeps which faults are set. Those that mean a moment (by name, or by the value `now`) are told to `onMoment` and not kept;
 * of the others `onChange` is told after they were set or cleared. `random` gives numbers from 0 (inclusive) to 1 (exclusive).
 */
export function createFaultBoard(random: () => number, onMoment: (name: FaultName, value: string) => void, onChange: () => void = () => undefined): FaultBoard {
  let settings: Readonly<Record<string, string>> = {};
  let values: FaultValues = {};
  const keep = (next: Readonly<Record<string, string>>): void => {
    values = faultsSchema.parse(next);
    settings = next;
    onChange();
  };
  return {
    get values() {
      return values;
    },
    get settings() {
      return settings;
    },
    set({ name, value }) {
      if (value === "now" || momentary.has(name)) onMoment(name, value);
      else keep({ ...settings, [name]: value });
    },
    clear(name) {
      keep(Object.fromEntries(Object.entries(settings).filter(([one]) => one !== name)));
    },
    strikes: (share) => share !== undefined && share > 0 && random() < share,
  };
}

/** Whether `name` is in the table. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultTable, name);
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
