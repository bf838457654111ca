import { issueCertificate, type KeyAndCertificate } from "../../electron/sandbox/certificate.ts";

/** Makes a certificate that no authority knows, for 127.0.0.1 and the given host names, valid from 2020 to 2049. It signs itself. */
export function makeCertificate(hosts: readonly string[]): KeyAndCertificate {
  const { key, cert } = issueCertificate({
    name: `self-made ${hosts.join(" ")}`,
    from: Date.UTC(2020, 0, 1),
    until: Date.UTC(2049, 0, 1),
    role: { kind: "self-signed", hosts: [...hosts, "127.0.0.1"] },
  });
  return { key, cert };
}
