import { z } from "zod";
import { COUNT, count, type FaultRow, MILLISECONDS, milliseconds, now, numberText, on, SHARE, share, shareText } from "./fault-values.ts";

/** What Genesys lets a client have in a minute. */
const USUAL_RATE = 300;

/** The faults of the Genesys side, in the form that `faults.ts` parses; values arrive as text. */
export const genesysFaultShape = {
  "genesys-upgrade": z.enum(["401", "403", "503"]).transform(Number).exactOptional(),
  "genesys-drop": z.union([now, shareText]).exactOptional(),
  "genesys-stall": z.enum(["on", "now"]).exactOptional(),
  "genesys-replay": count,
  "genesys-duplicates": share,
  "genesys-gaps": share,
  "genesys-backwards": share,
  "genesys-renumber": z.union([now, z.literal("on").transform(() => "now" as const)]).exactOptional(),
  "genesys-malformed": share,
  "genesys-other-events": share,
  "genesys-number-ids": on,
  "genesys-no-direction": on,
  "genesys-clock-skew": z.string().regex(/^-?\d+$/).transform(Number).pipe(z.number().min(-600_000).max(600_000)).exactOptional(),
  "genesys-html": on,
  "genesys-control": on,
  "genesys-huge-body": share,
  "genesys-reply-429": numberText(0, 9_999, true).exactOptional(),
  "genesys-reply-400": share,
  "genesys-reply-500": share,
  "genesys-reply-timeout": share,
  "genesys-reply-lost": share,
  "genesys-reply-late": milliseconds,
  "genesys-reply-latency": milliseconds,
  "genesys-read-back": z.union([z.enum(["403", "429", "500"]).transform(Number), z.literal("timeout")]).exactOptional(),
  "genesys-rate-limit": z.union([z.literal("on").transform(() => USUAL_RATE), numberText(1, 100_000, true)]).exactOptional(),
} as const;

/** Their rows in the table that people read. */
export const genesysFaultTable = {
  "genesys-upgrade": { allowed: "401, 403 or 503", does: "The upgrade of the event socket is refused." },
  "genesys-drop": { allowed: `${SHARE} of the events, or now`, does: "The event socket breaks without a close frame (1006): instead of delivering the event, or all at once." },
  "genesys-stall": { allowed: "on, or now", does: "Event sockets stay open but say nothing and answer no ping: all while it is on, or those open now." },
  "genesys-replay": { allowed: COUNT, does: "Who resumes gets as many events once more that came before the point asked for." },
  "genesys-duplicates": { allowed: SHARE, does: "This share of the events is sent twice." },
  "genesys-gaps": { allowed: SHARE, does: "This share of the events has a number and is never sent." },
  "genesys-backwards": { allowed: SHARE, does: "This share of the events is sent with a number that went before." },
  "genesys-renumber": { allowed: "now", does: "The events are numbered anew from 1, and every event socket breaks." },
  "genesys-malformed": { allowed: SHARE, does: "A broken event goes before this share of the events: without id, conversation or body, or no event at all." },
  "genesys-other-events": { allowed: SHARE, does: "An event of another type goes before this share of the events." },
  "genesys-number-ids": { allowed: "on", does: "Ids of messages and conversations in events are numbers; the API knows them by these as well." },
  "genesys-no-direction": { allowed: "on", does: "Events do not say in which direction a message went." },
  "genesys-clock-skew": { allowed: "milliseconds from -600000 to 600000", does: "The times of events are ahead by this much, or behind where it is below 0." },
  "genesys-html": { allowed: "on", does: "What customers write contains HTML." },
  "genesys-control": { allowed: "on", does: "What customers write contains control characters and half a surrogate pair." },
  "genesys-huge-body": { allowed: SHARE, does: "This share of what customers write is 1 MB long." },
  "genesys-reply-429": { allowed: "seconds from 0 to 9999", does: "Replies are answered with 429 and Retry-After." },
  "genesys-reply-400": { allowed: SHARE, does: "This share of the replies is refused with 400." },
  "genesys-reply-500": { allowed: SHARE, does: "This share of the replies is answered with 500 and not taken." },
  "genesys-reply-timeout": { allowed: SHARE, does: "This share of the replies is never answered and not taken." },
  "genesys-reply-lost": { allowed: SHARE, does: "This share of the replies is taken, and the connection breaks without an answer." },
  "genesys-reply-late": { allowed: MILLISECONDS, does: "The connection of a reply breaks at once; the reply is taken this much later." },
  "genesys-reply-latency": { allowed: MILLISECONDS, does: "Replies are taken and answered this much later, also where nobody waits for the answer any more." },
  "genesys-read-back": { allowed: "403, 429, 500 or timeout", does: "Conversations and their messages cannot be read." },
  "genesys-rate-limit": { allowed: `on (${String(USUAL_RATE)}), or a count from 1 to 100000`, does: "More requests than this in a minute are answered with 429 and Retry-After." },
} as const satisfies Record<keyof typeof genesysFaultShape, FaultRow>;
