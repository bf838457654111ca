import { z } from "zod";

const ALLOWED = "an Ed25519 public key: PEM, or its 44 bytes (DER) or 32 bytes (raw) in base64";
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const DER_PREFIX = "302a300506032b6570032100";
const RAW_BYTES = 32;

/** A public key in one of the usual forms; given on as DER in base64. */
export const publicKeyField = z
  .string()
  .refine((text) => derOf(text) !== null, ALLOWED)
  .overwrite((text) => derOf(text) ?? text)
  .meta({ patternErrorMessage: ALLOWED });

function derOf(text: string): string | null {
  const body = text.replaceAll(/-----(?:BEGIN|END) PUBLIC KEY-----|\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return null;
  const bytes = Buffer.from(body, "base64");
  const prefix = Buffer.from(DER_PREFIX, "hex");
  const der = bytes.length === RAW_BYTES ? Buffer.concat([prefix, bytes]) : bytes;
  return der.length === prefix.length + RAW_BYTES && der.subarray(0, prefix.length).equals(prefix) ? der.toString("base64") : null;
}
