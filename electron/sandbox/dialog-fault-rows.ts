import { z } from "zod";
import { type FaultRow, MILLISECONDS, milliseconds, numberText, on, SHARE, share } from "./fault-values.ts";

/** The faults of the bot's dialog endpoint, in the form that `faults.ts` parses; values arrive as text. */
export const dialogFaultShape = {
  "dialog-latency": milliseconds,
  "dialog-429": numberText(0, 9_999, true).exactOptional(),
  "dialog-500": share,
  "dialog-timeout": share,
  "dialog-lost": share,
  "dialog-key": z.enum(["401", "403"]).transform(Number).exactOptional(),
  "dialog-answer": z.enum(["missing", "empty", "array", "object", "number", "null", "long"]).exactOptional(),
  "dialog-html": on,
} as const;

/** Their rows in the table that people read. */
export const dialogFaultTable = {
  "dialog-latency": { allowed: MILLISECONDS, does: "The bot's answers take this much longer." },
  "dialog-429": { allowed: "seconds from 0 to 9999", does: "The dialog endpoint answers 429 with Retry-After." },
  "dialog-500": { allowed: SHARE, does: "This share of the requests to the dialog endpoint answers 500." },
  "dialog-timeout": { allowed: SHARE, does: "This share of the requests to the dialog endpoint is never answered." },
  "dialog-lost": { allowed: SHARE, does: "In this share of the requests the dialogue goes on, and the connection breaks without an answer." },
  "dialog-key": { allowed: "401 or 403", does: "The dialog endpoint refuses the API key." },
  "dialog-answer": { allowed: "missing, empty, array, object, number, null or long", does: "What stands in the place of the bot's answer; long is 20,000 characters of text." },
  "dialog-html": { allowed: "on", does: "The bot's answers contain HTML and control characters." },
} as const satisfies Record<keyof typeof dialogFaultShape, FaultRow>;
