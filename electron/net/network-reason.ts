/** System and library codes in words; whatever else a code says is shown as it is. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was reset",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "the connection timed out",
  EPIPE: "the connection was closed while sending",
  UND_ERR_SOCKET: "the connection was closed before the answer was complete",
  UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
  UND_ERR_HEADERS_TIMEOUT: "no answer came",
  UND_ERR_BODY_TIMEOUT: "the answer stopped half-way",
  CERT_HAS_EXPIRED: "the certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is not from a known authority (network.caFile adds one)",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is not from a known authority (network.caFile adds one)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate is not from a known authority (network.caFile adds one)",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate is not from a known authority (network.caFile adds one)",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate belongs to another host",
};

/**
 * Why a connection failed, in words. Only error codes and the status of a proxy are taken from the error and never its
 * message, because messages of fetch may quote a header with the token in it.
 */
export function networkReason(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) {
    const found = words[code];
    return found === undefined ? code : `${found} (${code})`;
  }
  const proxy = proxyStatus(error);
  return proxy === undefined ? "the connection failed" : `the proxy answered ${proxy}`;
}

/**
 * Whether it is sure that no connection came about, so that nothing was sent: the name was not found, nothing answered the
 * dialling, the certificate was not accepted, or a proxy would not pass it on. A connection that was reset or went silent
 * may have brought the request there before.
 */
export function neverConnected(error: unknown): boolean {
  if (proxyStatus(error) !== undefined) return true;
  return causes(error).some((link) => {
    if ("syscall" in link && (link.syscall === "connect" || link.syscall === "getaddrinfo")) return true;
    return "code" in link && typeof link.code === "string" && BEFORE_SENDING.test(link.code);
  });
}

/** Codes that belong to dialling alone: its time limit, and what is wrong with a certificate. */
const BEFORE_SENDING = /^(UND_ERR_CONNECT_TIMEOUT|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_(VERIFY|GET_ISSUER)\w*|ERR_TLS_CERT_\w+)$/;

/** The first machine-readable code in an error's chain of causes, or undefined. */
export function errorCode(error: unknown): string | undefined {
  for (const link of causes(error)) {
    if ("code" in link && typeof link.code === "string" && /^[A-Z][A-Z0-9_]{2,60}$/.test(link.code)) {
      // Undici wraps whatever went wrong at the proxy as an aborted request; the status says more.
      if (link.code === "UND_ERR_ABORTED") continue;
      return link.code;
    }
  }
  return undefined;
}

function proxyStatus(error: unknown): string | undefined {
  for (const link of causes(error)) {
    const status = /^Proxy response \((\d{3})\)/.exec(link.message)?.[1];
    if (status !== undefined) return status;
  }
  return undefined;
}

function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  let link = error;
  while (link instanceof Error && found.length < 8) {
    found.push(link);
    // Connecting to every address of a host ends in one error that holds the single ones.
    link = link instanceof AggregateError ? link.errors[0] : link.cause;
  }
  return found;
}
