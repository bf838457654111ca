import { createPublicKey, verify } from "node:crypto";

const SIGNATURE_BYTES = 64;

/**
 * Whether `signature` (64 bytes, or their base64 as text) is the Ed25519 signature of these very bytes.
 * `publicKey`: DER in base64, as the configuration gives it.
 */
export function isSigned(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  const raw = signature.length === SIGNATURE_BYTES ? signature : Buffer.from(new TextDecoder().decode(signature).trim(), "base64");
  if (raw.length !== SIGNATURE_BYTES) return false;
  try {
    return verify(null, bytes, createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" }), raw);
  } catch {
    return false;
  }
}
