import { z } from "zod";

/** Every row of the error table (`fault-table.ts`). */
export const faultCodes = [
  "network",
  "timeout",
  "unknown-host",
  "certificate",
  "clock-wrong",
  "aborted",
  "bad-request",
  "no-credentials",
  "credentials",
  "forbidden",
  "missing-scope",
  "not-found",
  "rate-limited",
  "bot-inactive",
  "channel-missing",
  "session-limit",
  "protocol-version",
  "token-form",
  "runtime-refused",
  "server-error",
  "unexpected-status",
  "malformed-reply",
  "reply-too-large",
  "socket-lost",
  "socket-abnormal",
  "socket-silent",
  "socket-refused",
  "closed-by-peer",
  "simulation-lost",
  "simulation-timeout",
  "disk",
  "audit-broken",
  "in-use",
  "no-answer",
  "circuit-open",
  "address-refused",
  "no-secret",
  "invalid-input",
  "not-allowed",
  "newer-file",
  "not-found-here",
] as const;

/**
 * An expected failure at a boundary.
 * `kind` says whose move it is: `transport` (try again), `contract` (the other side broke it), `refused` (credentials,
 * scope, quota), `policy` (we will not). `code` is the row of the error table; `detail` is what was found, in words and
 * never with a secret or transcript text in it. `from`: the other side is a service of the person's own that an
 * integration asks, not the platform; what is to be done is another matter then.
 */
export const faultSchema = z.strictObject({
  kind: z.enum(["transport", "contract", "refused", "policy"]),
  code: z.enum(faultCodes),
  detail: z.string(),
  status: z.number().int().exactOptional(),
  closeCode: z.number().int().exactOptional(),
  retryAfterMs: z.number().nonnegative().exactOptional(),
  from: z.literal("service").exactOptional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultCode = (typeof faultCodes)[number];
