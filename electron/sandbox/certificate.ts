import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";
import { bits, boolean, der, moment, octets, oid, sequence, unsigned } from "./der.ts";

/** What a certificate says of its bearer. Times in ms since the Unix epoch. */
export interface Subject {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  /**
   * `authority` signs others and nothing else; `server` answers under `hosts` (names and IPv4 addresses); `self-signed`
   * does that too, and vouches for itself.
   */
  readonly role: { readonly kind: "authority" } | { readonly kind: "server" | "self-signed"; readonly hosts: readonly string[] };
}

/** A key with its certificate, both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that can sign others. */
export interface Issued extends KeyAndCertificate {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly keyId: Buffer;
}

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
/** Bits of the key usage (RFC 5280 4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80;
const SIGNS_CERTIFICATES = 0x06;

/**
 * Makes a key (P-256) and its certificate, signed by `issuer` or, without one, by itself. Written out by hand (X.509 v3 in
 * DER, RFC 5280), because Node signs but does not issue, and the practice platform must not need other programs.
 */
export function issueCertificate(subject: Subject, issuer: Issued | null = null): Issued {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const keyId = createHash("sha256").update(spki).digest().subarray(0, 20);
  const serial = randomBytes(16);
  // Never 0 and never negative, and of one length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    der(0xa0, unsigned(Buffer.from([2]))),
    unsigned(serial),
    ECDSA_SHA256,
    nameOf(issuer?.name ?? subject.name),
    sequence(moment(subject.from), moment(subject.until)),
    nameOf(subject.name),
    spki,
    der(0xa3, sequence(...extensionsOf(subject.role, keyId, issuer?.keyId ?? keyId))),
  );
  const certificate = sequence(body, ECDSA_SHA256, bits(sign("sha256", body, issuer?.privateKey ?? privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/g)?.join("\n") ?? "";
  return {
    name: subject.name,
    privateKey,
    keyId,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function nameOf(text: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));
}

function extensionsOf(role: Subject["role"], keyId: Buffer, issuerKeyId: Buffer): readonly Buffer[] {
  const issues = role.kind !== "server";
  const serves = role.kind !== "authority";
  const usage = (issues ? SIGNS_CERTIFICATES : 0) | (serves ? DIGITAL_SIGNATURE : 0);
  return [
    extension(0x13, true, sequence(...(issues ? [boolean(true)] : []))),
    extension(0x0f, true, bits(Buffer.from([usage]), issues ? 1 : 7)),
    extension(0x0e, false, octets(keyId)),
    extension(0x23, false, sequence(der(0x80, issuerKeyId))),
    ...(role.kind === "authority" ? [] : [extension(0x25, false, SERVER_AUTHENTICATION), extension(0x11, false, sequence(...role.hosts.map(hostName)))]),
  ];
}

const SERVER_AUTHENTICATION = sequence(oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01));

/** An extension of `id-ce`, by the last number of its identifier. */
function extension(id: number, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(0x55, 0x1d, id), ...(critical ? [boolean(true)] : []), octets(value));
}

function hostName(host: string): Buffer {
  return isIPv4(host) ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host));
}
