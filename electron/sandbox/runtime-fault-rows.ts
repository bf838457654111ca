import { z } from "zod";
import { COUNT, count, type FaultRow, MILLISECONDS, milliseconds, now, on, SHARE, shareText } from "./fault-values.ts";

/** A code that a close frame may bear, and the two that stand for its lack: 1005 (no code in it), 1006 (no frame). */
const closeCode = z.string().regex(/^(100[0-35-9]|101[0-4]|[34]\d{3})$/).transform(Number);

/** Text that a person would read: one line, not empty. */
const words = z.string().regex(/^\S(.{0,198}\S)?$/);

/** The faults of the runtime and of the bots' pages, in the form that `faults.ts` parses; values arrive as text. */
export const runtimeFaultShape = {
  "tunnel-upgrade": z.enum(["401", "403", "404", "429", "503"]).transform(Number).exactOptional(),
  "tunnel-refuse": words.exactOptional(),
  "tunnel-wrong-type": on,
  "tunnel-mute": on,
  "tunnel-handshake": milliseconds,
  "tunnel-connected-twice": on,
  "tunnel-not-json": on,
  "tunnel-no-pong": z.enum(["on", "now"]).exactOptional(),
  "tunnel-latency": milliseconds,
  "tunnel-push": count,
  "tunnel-late-reply": milliseconds,
  "tunnel-double-reply": on,
  "tunnel-refuse-refresh": on,
  "tunnel-no-refresh-reply": on,
  "tunnel-channel": z.string().regex(/^[\w-]{1,60}$/).exactOptional(),
  "tunnel-no-probe-reply": on,
  "tunnel-sessions": count,
  "tunnel-drop": z.union([now, shareText]).exactOptional(),
  "tunnel-close": closeCode.exactOptional(),
  "bot-inactive": on,
  "bot-channels": z
    .string()
    .regex(/^[\w-]{1,60}(,[\w-]{1,60}){0,19}$/)
    .transform((text) => text.split(","))
    .exactOptional(),
  "bot-check": z
    .union([z.enum(["401", "403", "404", "429", "500"]).transform(Number), z.literal("timeout")])
    .exactOptional(),
} as const;

/** Their rows in the table that people read. */
export const runtimeFaultTable = {
  "tunnel-upgrade": { allowed: "401, 403, 404, 429 or 503", does: "The runtime's upgrade is refused." },
  "tunnel-refuse": { allowed: "on, or the runtime's words (up to 200 characters)", does: "The runtime answers CONNECT with REJECTED and these words, and closes." },
  "tunnel-wrong-type": { allowed: "on", does: "The runtime answers CONNECT with a frame of another type." },
  "tunnel-mute": { allowed: "on", does: "The runtime never answers CONNECT." },
  "tunnel-handshake": { allowed: MILLISECONDS, does: "The runtime answers CONNECT this much later." },
  "tunnel-connected-twice": { allowed: "on", does: "CONNECTED comes twice." },
  "tunnel-not-json": { allowed: "on", does: "A frame that is no JSON goes before each of the runtime's replies." },
  "tunnel-no-pong": { allowed: "on, or now", does: "The runtime answers no ping: on any tunnel while it is on, or on those open now." },
  "tunnel-latency": { allowed: MILLISECONDS, does: "Pongs take about this long: from three quarters of it to one and a quarter." },
  "tunnel-push": { allowed: COUNT, does: "As many frames that nobody asked for come between a refresh or probe and its reply." },
  "tunnel-late-reply": { allowed: MILLISECONDS, does: "Replies to refresh and probe are late by this much." },
  "tunnel-double-reply": { allowed: "on", does: "Replies to refresh and probe come twice." },
  "tunnel-refuse-refresh": { allowed: "on", does: "The runtime refuses every new token; the session goes on with its old one." },
  "tunnel-no-refresh-reply": { allowed: "on", does: "A refresh is lost: no reply, and the session keeps its old token." },
  "tunnel-channel": { allowed: "a word, such as unavailable or draining", does: "A probe is answered with this status." },
  "tunnel-no-probe-reply": { allowed: "on", does: "A probe is not answered." },
  "tunnel-sessions": { allowed: COUNT, does: "Each bot has as many more sessions as are really open." },
  "tunnel-drop": { allowed: `${SHARE} of the client's frames and pings, or now`, does: "The tunnel breaks without a close frame (1006): instead of taking the frame or ping, or all at once." },
  "tunnel-close": { allowed: "a close code: 1000-1003, 1005-1014 or 3000-4999", does: "Closes every open tunnel once with this code; 1005 is a close frame without a code, 1006 none at all." },
  "bot-inactive": { allowed: "on", does: "The bots' status is inactive." },
  "bot-channels": { allowed: "names of channels with commas between them", does: "The bots have these channels and no other." },
  "bot-check": { allowed: "401, 403, 404, 429, 500 or timeout", does: "The bots' pages and their lists of sessions are refused, or never answered." },
} as const satisfies Record<keyof typeof runtimeFaultShape, FaultRow>;
