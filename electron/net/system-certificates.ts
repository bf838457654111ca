/** The little of `node:tls` that decides whom connections trust. */
export interface TrustPort {
  getCACertificates(kind: "default" | "system"): string[];
  setDefaultCACertificates(certificates: readonly string[]): void;
}

/**
 * Trusts the authorities of the system's certificate store beside those that come with Node, for requests and sockets
 * alike: an authority that IT has rolled out to its computers needs no setting here then. It holds for the whole process,
 * because both kinds of connection take their default from there; a second call changes nothing. Where the runtime has
 * no such thing, or the store cannot be read, Node's own stay. Gives how many were handed on; one that Node has already, in other line lengths, counts too.
 */
export function trustSystemCertificates(tls: Partial<TrustPort>): number {
  if (tls.getCACertificates === undefined || tls.setDefaultCACertificates === undefined) return 0;
  try {
    const trusted = tls.getCACertificates("default");
    const known = new Set(trusted);
    const further = tls.getCACertificates("system").filter((certificate) => !known.has(certificate));
    if (further.length === 0) return 0;
    tls.setDefaultCACertificates([...trusted, ...further]);
    return further.length;
  } catch {
    return 0;
  }
}
