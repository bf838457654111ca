import { z } from "zod";
import { type FaultRow, MILLISECONDS, milliseconds, numberText, on, SHARE, share } from "./fault-values.ts";

/** The faults of simulations, in the form that `faults.ts` parses; values arrive as text. */
export const simulateFaultShape = {
  "sim-latency": milliseconds,
  "sim-429": numberText(0, 9_999, true).exactOptional(),
  "sim-500": share,
  "sim-503": share,
  "sim-lost": share,
  "sim-endless": share,
  "sim-no-turns": on,
  "sim-no-intent": on,
  "sim-no-entities": on,
  "sim-random": share,
  "sim-info": z.literal("403").transform(Number).exactOptional(),
  "sim-entities": z.enum(["empty", "malformed"]).exactOptional(),
  "sim-simulate": z.enum(["401", "403"]).transform(Number).exactOptional(),
  "sim-down": on,
} as const;

/** Their rows in the table that people read. */
export const simulateFaultTable = {
  "sim-latency": { allowed: MILLISECONDS, does: "Every simulation that begins takes this much longer." },
  "sim-429": { allowed: "seconds from 0 to 9999", does: "Requests to begin a simulation or for its result are answered with 429 and Retry-After." },
  "sim-500": { allowed: SHARE, does: "This share of the requests to begin a simulation or for its result answers 500." },
  "sim-503": { allowed: SHARE, does: "This share of the requests to begin a simulation or for its result answers 503." },
  "sim-lost": { allowed: SHARE, does: "This share of the simulations that begin vanishes: nothing is known of their ids." },
  "sim-endless": { allowed: SHARE, does: "This share of the simulations that begin never ends." },
  "sim-no-turns": { allowed: "on", does: "Results come without turns." },
  "sim-no-intent": { allowed: "on", does: "Results do not tell which intents were found." },
  "sim-no-entities": { allowed: "on", does: "Results do not tell which entities were found." },
  "sim-random": { allowed: SHARE, does: "In this share of the simulations that begin the bot takes its second best intent for the best." },
  "sim-info": { allowed: "403", does: "The page about the bot is refused." },
  "sim-entities": { allowed: "empty or malformed", does: "The bot's list of entities is empty, or none that could be read." },
  "sim-simulate": { allowed: "401 or 403", does: "Every request to begin a simulation is refused." },
  "sim-down": { allowed: "on", does: "The simulation platform, its token endpoint included, breaks every connection without a word." },
} as const satisfies Record<keyof typeof simulateFaultShape, FaultRow>;
