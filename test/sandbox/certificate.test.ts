import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { issueCertificate } from "../../electron/sandbox/certificate.ts";
import { type CertificateFault, makeOrderCertificates } from "../../electron/sandbox/order-certificates.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { listen } from "../support/loopback-http.ts";

const DAY_MS = 86_400_000;
const now = Date.now();

/** A real handshake: the word of the client's side, "trusted" where it has none. */
async function handshake(own: { readonly key: string; readonly cert: string }, ca: string, host = "127.0.0.1"): Promise<string> {
  const server = createServer({ key: own.key, cert: own.cert }, (socket) => socket.end());
  server.on("tlsClientError", () => undefined);
  const port = await listen(server);
  const socket = connect({ host: "127.0.0.1", port, ca, ...(host === "127.0.0.1" ? {} : { servername: host }) });
  const outcome = await new Promise<string>((resolve) => {
    socket.once("secureConnect", () => {
      resolve("trusted");
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
  socket.destroy();
  server.close();
  await once(server, "close");
  return outcome;
}

describe("the order service's certificates", () => {
  const made = makeOrderCertificates(now);
  const authority = new X509Certificate(made.authority);
  const leaf = new X509Certificate(made.pick(undefined).cert);

  test("the authority signs, and serves nobody", () => {
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(authority.subjectAltName).toBeUndefined();
    // What it may do: sign certificates and lists of revoked ones.
    expect(authority.raw.includes(Buffer.from("0603551d0f0101ff040403020106", "hex"))).toBe(true);
  });

  test("the server's is signed by it, bears the right names, and may sign nothing", () => {
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.verify(leaf.publicKey)).toBe(false);
    expect(leaf.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(leaf.raw.includes(Buffer.from("0603551d0f0101ff040403020780", "hex"))).toBe(true);
    expect(leaf.serialNumber).not.toBe(authority.serialNumber);
  });

  test("they are valid from yesterday for a year", () => {
    for (const one of [authority, leaf]) {
      const [from, until] = [one.validFromDate.getTime(), one.validToDate.getTime()];
      expect(Math.abs(from - (now - DAY_MS))).toBeLessThan(1_000);
      expect(until - from).toBe(365 * DAY_MS);
    }
  });

  test.each(["127.0.0.1", "localhost"])("a client that trusts the authority, and only one that does, connects to %s", async (host) => {
    expect(await handshake(made.pick(undefined), made.authority, host)).toBe("trusted");
    expect(await handshake(made.pick(undefined), makeOrderCertificates(now).authority, host)).not.toBe("trusted");
  });

  test.each<[CertificateFault, string]>([
    ["expired", "CERT_HAS_EXPIRED"],
    ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["unknown-authority", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ])("one that is %s fails for just that reason", async (fault, code) => {
    expect(await handshake(made.pick(fault), made.authority)).toBe(code);
    expect(made.pick(fault)).toBe(made.pick(fault));
  });
});

test("a server's certificate cannot sign another", async () => {
  const times = { from: now - DAY_MS, until: now + DAY_MS };
  const authority = issueCertificate({ name: "authority", ...times, role: { kind: "authority" } });
  const server = issueCertificate({ name: "server", ...times, role: { kind: "server", hosts: ["127.0.0.1"] } }, authority);
  const forged = issueCertificate({ name: "forged", ...times, role: { kind: "server", hosts: ["127.0.0.1"] } }, server);
  expect(await handshake({ key: forged.key, cert: `${forged.cert}${server.cert}` }, authority.cert)).not.toBe("trusted");
  expect(await handshake(server, authority.cert)).toBe("trusted");
});

test("times beyond 2049 are written as RFC 5280 wants them", () => {
  const made = issueCertificate({ name: "late", from: Date.UTC(2049, 11, 31, 23, 59, 59), until: Date.UTC(2050, 0, 1), role: { kind: "authority" } });
  const read = new X509Certificate(made.cert);
  expect([read.validFrom, read.validTo]).toEqual(["Dec 31 23:59:59 2049 GMT", "Jan  1 00:00:00 2050 GMT"]);
});

test("one that signs itself is for the hosts it names and vouches for itself", async () => {
  const made = makeCertificate(["self.test"]);
  expect(await handshake(made, made.cert, "self.test")).toBe("trusted");
  expect(await handshake(made, made.cert, "127.0.0.1")).toBe("trusted");
  expect(await handshake(made, made.cert, "other.test")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});
