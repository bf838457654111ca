import type { Agent } from "node:http";
import type { SecureContext } from "node:tls";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fetch } from "./attempt.ts";
import { isLoopback } from "./loopback-address.ts";

/** How this machine reaches the platforms: the same authorities and the same proxy for requests and sockets. */
export interface Network extends AsyncDisposable {
  readonly fetch: Fetch;
  /** The proxy that holds, whose address may hold credentials; absent where there is none. */
  readonly proxy?: string;
  /** Whether an address is reached past the proxy; only this machine is, where it is absent. */
  readonly passes?: (url: string | URL) => boolean;
  /** What a WebSocket to `url` is opened with. */
  socketOptions(url: string): SocketTransport;
}

interface SocketTransport {
  readonly agent?: Agent;
  readonly secureContext?: SecureContext;
}

export interface NetworkOptions {
  /** A PEM file whose authorities are trusted beside the default ones. */
  readonly caFile?: string;
  /** Who gave that file, for a fault; `network.caFile` unless given. */
  readonly caFileNamed?: string;
  /** `http://` or `https://`, with credentials if need be. */
  readonly proxy?: string;
  /** Who gave the proxy's address, for a fault; `network.proxy` unless given. */
  readonly proxyNamed?: string;
  /** What goes past the proxy; loopback addresses unless given. */
  readonly passes?: (url: string | URL) => boolean;
  readonly readFile: (path: string) => Promise<string>;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Opens the network as configured. With neither a file nor a proxy it costs nothing: the libraries that both need are
 * loaded only where they are used. Errors: `disk` (file), `invalid-input` (no such file, no certificate in it, unusable proxy
 * address).
 */
export async function openNetwork(options: NetworkOptions): Promise<Result<Network, Fault>> {
  const { caFile, proxy } = options;
  if (caFile === undefined && proxy === undefined) return ok(directNetwork());
  if (proxy !== undefined && !/^https?:$/.test(URL.parse(proxy)?.protocol ?? "")) {
    return err(invalid(`${options.proxyNamed ?? "network.proxy"}: found an address that is neither http:// nor https://`));
  }
  const authorities = caFile === undefined ? ok(undefined) : await readAuthorities(caFile, options.caFileNamed ?? "network.caFile", options.readFile);
  if (!authorities.ok) return authorities;
  return ok(await configuredNetwork(authorities.value, proxy, options.passes ?? isLoopback));
}

function directNetwork(): Network {
  return {
    fetch: globalThis.fetch,
    socketOptions: () => ({}),
    async [Symbol.asyncDispose]() {},
  };
}

async function configuredNetwork(
  secureContext: SecureContext | undefined,
  proxy: string | undefined,
  passes: (url: string | URL) => boolean,
): Promise<Network> {
  const undici = await import("undici");
  // Made once: building it anew for every connection would parse some 150 certificates each time.
  const trust = secureContext === undefined ? {} : { secureContext };
  const direct = new undici.Agent({ connect: trust });
  const proxied = proxy === undefined ? direct : new undici.ProxyAgent({ uri: proxy, requestTls: trust, proxyTls: trust });
  const agent = proxy === undefined ? undefined : new (await import("https-proxy-agent")).HttpsProxyAgent(proxy, trust);
  return {
    ...(proxy === undefined ? {} : { proxy, passes }),
    // The library's own fetch, because the built-in one may be of another version than these dispatchers.
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = request.body === null ? null : await request.arrayBuffer();
      const response = await undici.fetch(request.url, {
        method: request.method,
        headers: [...request.headers],
        body,
        redirect: request.redirect,
        signal: request.signal,
        dispatcher: passes(request.url) ? direct : proxied,
      });
      return new Response(response.body, {
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
      });
    },
    socketOptions: (url) => ({ ...trust, ...(agent === undefined || passes(url) ? {} : { agent }) }),
    async [Symbol.asyncDispose]() {
      agent?.destroy();
      await Promise.all([direct.destroy(), proxied.destroy()]);
    },
  };
}

async function readAuthorities(
  caFile: string,
  named: string,
  readFile: (path: string) => Promise<string>,
): Promise<Result<SecureContext, Fault>> {
  let text: string;
  try {
    text = await readFile(caFile);
  } catch (error) {
    // The disk is not to blame for a path that leads nowhere.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return err(invalid(`${named}: there is no file ${caFile}`));
    return err({ kind: "policy", code: "disk", detail: `${named}: ${caFile} cannot be read` });
  }
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) return err(invalid(`${named}: ${caFile} holds no PEM certificate`));
  const [tls, { X509Certificate }] = await Promise.all([import("node:tls"), import("node:crypto")]);
  try {
    // The context takes what it cannot read for nothing, without a word; this does not.
    for (const certificate of found) void new X509Certificate(certificate);
    return ok(tls.createSecureContext({ ca: [...tls.getCACertificates("default"), ...found] }));
  } catch {
    return err(invalid(`${named}: ${caFile} holds a certificate that cannot be read`));
  }
}

function invalid(detail: string): Fault {
  return { kind: "policy", code: "invalid-input", detail };
}
