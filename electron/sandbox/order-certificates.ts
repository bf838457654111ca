import { issueCertificate, type KeyAndCertificate } from "./certificate.ts";

const DAY_MS = 86_400_000;
const HOSTS = ["localhost", "127.0.0.1"] as const;

/** What is wrong with a certificate, on purpose. */
export type CertificateFault = "expired" | "wrong-name" | "unknown-authority";

/** The certificates of the order service and the authority that signed them. */
export interface OrderCertificates {
  /** The authority's certificate, PEM: what a client has to trust. */
  readonly authority: string;
  /** A sound one for 127.0.0.1 and localhost, valid from yesterday for a year, or one with a fault. */
  pick(fault: CertificateFault | undefined): KeyAndCertificate;
}

/** Makes an authority and a server's certificate; those with a fault when they are first wanted. `now`: ms since the Unix epoch. */
export function makeOrderCertificates(now: number): OrderCertificates {
  const from = now - DAY_MS;
  const until = from + 365 * DAY_MS;
  const authorityNamed = (name: string) => issueCertificate({ name, from, until, role: { kind: "authority" } });
  const authority = authorityNamed("Callside practice authority");
  const server = (change: { readonly from?: number; readonly until?: number; readonly hosts?: readonly string[]; readonly issuer?: typeof authority } = {}): KeyAndCertificate => {
    const { issuer = authority, hosts = HOSTS, ...times } = change;
    const { key, cert } = issueCertificate({ name: "Callside practice order service", from, until, ...times, role: { kind: "server", hosts } }, issuer);
    return { key, cert };
  };
  const make = (fault: CertificateFault): KeyAndCertificate => {
    switch (fault) {
      case "expired":
        return server({ from: now - 400 * DAY_MS, until: now - 2 * DAY_MS });
      case "wrong-name":
        return server({ hosts: ["orders.practice.callside.example"] });
      case "unknown-authority":
        return server({ issuer: authorityNamed("Authority that nobody knows") });
      default:
        return fault satisfies never;
    }
  };
  const sound = server();
  const faulty = new Map<CertificateFault, KeyAndCertificate>();
  return {
    authority: authority.cert,
    pick(fault) {
      if (fault === undefined) return sound;
      const made = faulty.get(fault) ?? make(fault);
      faulty.set(fault, made);
      return made;
    },
  };
}
