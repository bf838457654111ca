import { createHmac } from "node:crypto";

/**
 * The value of `X-Callside-Signature` (contract 1.6): `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. `body` is the
 * exact text that is sent, `nowMs` the wall clock (ms since the Unix epoch) at the moment of sending.
 */
export function webhookSignature(secret: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
