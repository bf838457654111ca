import { createPublicKey, verify } from "node:crypto";

/** A raw Ed25519 public key (RFC 8032): 32 bytes as base64. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{43}=$/;
/** A signature: 64 bytes as base64, perhaps with a line break. */
const SIGNATURE = /^[A-Za-z0-9+/]{86}==\s*$/;

/**
 * Whether `signature` (base64) is the Ed25519 signature of `bytes` under `publicKey` (base64 of 32 bytes). Anything that is
 * not one is a no: a key or signature of another form, too.
 */
export function isSigned(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  if (!PUBLIC_KEY.test(publicKey) || !SIGNATURE.test(signature)) return false;
  try {
    const x = Buffer.from(publicKey, "base64").toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, bytes, key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
