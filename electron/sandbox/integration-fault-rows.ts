import { z } from "zod";
import { type FaultRow, MILLISECONDS, milliseconds, on, SHARE, share } from "./fault-values.ts";

/** The faults of integrations, in the form that `faults.ts` parses; values arrive as text. */
export const integrationFaultShape = {
  "register-refuse": z.enum(["400", "401", "403", "500"]).transform(Number).exactOptional(),
  "register-timeout": on,
  "orders-latency": milliseconds,
  "orders-429": z
    .string()
    .regex(/^(date:)?\d{1,4}$/)
    .transform((text) => ({ asDate: text.startsWith("date:"), seconds: Number(text.replace("date:", "")) }))
    .exactOptional(),
  "orders-500": share,
  "orders-502": share,
  "orders-503": share,
  "orders-504": share,
  "orders-timeout": share,
  "orders-hang-up": share,
  "orders-key": z.enum(["401", "403"]).transform(Number).exactOptional(),
  "orders-redirect": z.enum(["same-host", "other-host", "other-port", "plain", "metadata", "itself"]).exactOptional(),
  "orders-reply": z.enum(["html", "broken", "cut", "empty", "bomb", "endless", "drip", "latin-1", "utf-16", "unknown-charset", "deep", "proto", "echo"]).exactOptional(),
  "orders-certificate": z.enum(["expired", "wrong-name", "unknown-authority"]).exactOptional(),
  "hooks-latency": milliseconds,
  "hooks-500": share,
} as const;

/** Their rows in the table that people read. */
export const integrationFaultTable = {
  "register-refuse": { allowed: "400, 401, 403 or 500", does: "The tenant refuses to register an integration." },
  "register-timeout": { allowed: "on", does: "Nobody who registers an integration gets an answer." },
  "orders-latency": { allowed: MILLISECONDS, does: "The order service answers this much later." },
  "orders-429": { allowed: "seconds from 0 to 9999, or date:SECONDS", does: "The order service answers 429 with Retry-After in seconds, or as an HTTP date." },
  "orders-500": { allowed: SHARE, does: "This share of the requests to the order service answers 500." },
  "orders-502": { allowed: SHARE, does: "This share of the requests to the order service answers 502, as a gateway does, in HTML." },
  "orders-503": { allowed: SHARE, does: "This share of the requests to the order service answers 503." },
  "orders-504": { allowed: SHARE, does: "This share of the requests to the order service answers 504, as a gateway does, in HTML." },
  "orders-timeout": { allowed: SHARE, does: "This share of the requests to the order service is never answered." },
  "orders-hang-up": { allowed: SHARE, does: "For this share of the requests the order service breaks the connection without an answer." },
  "orders-key": { allowed: "401 or 403", does: "The order service refuses every key." },
  "orders-redirect": {
    allowed: "same-host, other-host, other-port, plain, metadata or itself",
    does: "The order service redirects (307): to another path that works, another host, its mirror on another port, the mirror without encryption, a cloud's metadata address, or the same address.",
  },
  "orders-reply": {
    allowed: "html, broken, cut, empty, bomb, endless, drip, latin-1, utf-16, unknown-charset, deep, proto or echo",
    does: "What the order service answers with 200: a web page, JSON that breaks off, half of the body and a broken connection, nothing, 200 MB in 200 KB of gzip, JSON without end (fast, or a little each second), orders in another charset, JSON nested 20000 levels deep, keys as __proto__, or the headers that came.",
  },
  "orders-certificate": { allowed: "expired, wrong-name or unknown-authority", does: "The order service's certificate has expired, is for another host, or is signed by somebody unknown." },
  "hooks-latency": { allowed: MILLISECONDS, does: "The receiver of webhooks answers this much later." },
  "hooks-500": { allowed: SHARE, does: "This share of the webhooks answers 500." },
} as const satisfies Record<keyof typeof integrationFaultShape, FaultRow>;
