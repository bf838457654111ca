import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Clock } from "../../shared/clock.ts";
import type { Commands } from "./commands.ts";
import { languageOf, type Language } from "../../shared/language.ts";
import { createEntryKeys } from "./entry-keys.ts";
import { MAX_INPUT_BYTES } from "./input-size.ts";
import { acceptedLanguages, findInLanguage } from "./page-language.ts";
import { createPanelSockets } from "./panel-sockets.ts";
import { securityHeaders } from "./page-security.ts";
import type { Publisher } from "./publisher.ts";
import type { StaticFiles } from "./static-files.ts";

const HOST = "127.0.0.1";
const MAX_CONNECTIONS = 64;
const MAX_PANELS = 16;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** The panel in a browser on this machine. */
export interface Loopback extends AsyncDisposable {
  /** A new address that lets one browser in, once, within ten minutes. A secret: show it to the person only. */
  address(): string;
  readonly port: number;
}

export interface LoopbackOptions {
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly files: StaticFiles;
  readonly clock: Clock;
  /** The language of a page, by what its browser prefers: tags of BCP 47, the most wanted first. English unless given. */
  readonly pageLanguage?: (preferred: readonly string[]) => Language;
  /** Hears whether any browser has the panel open; nobody unless given. */
  readonly attend?: (isAttended: boolean) => void;
  /** Cryptographically strong random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Hears of a command that failed by a bug of ours; the panel that gave it is disconnected. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Serves the panel on 127.0.0.1 and nowhere else (design 7).
 * A page of another site cannot get in: `Host` must be ours (DNS rebinding), `Origin`, where a browser sends one, too,
 * and the session lies in a cookie that is same-site and out of scripts' reach. A user of the same machine cannot
 * either, without the one-time address. Rejects when the port cannot be had.
 */
export async function serveLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { commands, publisher, files, clock, random, onBug, attend = () => {}, pageLanguage = () => "en" } = options;
  const keys = createEntryKeys({ clock, random });
  const headers = securityHeaders("'self'");
  const server = createServer();
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_INPUT_BYTES, perMessageDeflate: false });
  const panels = createPanelSockets({ commands, publisher, clock, onBug, attend });

  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: HOST, port: options.port ?? 0, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const port = portOf(server.address());
  const authority = `${HOST}:${port}`;
  const origin = `http://${authority}`;
  // Cookies know no ports: the name keeps two running Callsides apart.
  const cookieName = `callside-${port}`;

  const hasSession = (request: IncomingMessage): boolean => {
    const token = readCookie(request.headers.cookie, cookieName);
    return token !== null && keys.isSession(token);
  };

  const send = (response: ServerResponse, request: IncomingMessage, answer: Answer): void => {
    response.writeHead(answer.status, {
      ...headers,
      "content-type": answer.contentType,
      "content-length": answer.body.byteLength,
      ...answer.headers,
    });
    response.end(request.method === "HEAD" ? undefined : answer.body);
  };

  const answerFor = (request: IncomingMessage): Answer => {
    if (request.headers.host !== authority) return plain(421, "This address is not Callside's.");
    if (request.headers.origin !== undefined && request.headers.origin !== origin) {
      return plain(403, "Callside answers only its own page.");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return { ...plain(405, "Only GET is understood."), headers: { allow: "GET, HEAD" } };
    }
    const url = parseTarget(request.url, origin);
    if (url === null) return plain(400, "That is no address.");
    if (url.pathname === "/enter") return enter(request, url.searchParams.get("key") ?? "");
    if (!hasSession(request)) return page(401, outsidePage(request));
    const file = findInLanguage(files, url.pathname, () => pageLanguage(acceptedLanguages(request.headers["accept-language"])));
    return file === undefined ? plain(404, "There is no such file.") : { status: 200, ...file };
  };

  const enter = (request: IncomingMessage, key: string): Answer => {
    // Only a person's visit uses the key up, not a browser that looks ahead.
    const speculative = request.headers["sec-purpose"] ?? request.headers["purpose"];
    if (request.method !== "GET" || speculative !== undefined) return page(401, outsidePage(request));
    const token = keys.exchange(key);
    if (token === null) return hasSession(request) ? redirectHome({}) : page(401, outsidePage(request));
    return redirectHome({ "set-cookie": `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict` });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Without a listener, a peer that resets the connection would end the process.
    socket.on("error", () => socket.destroy());
    const refused = refuseUpgrade(request);
    if (refused !== null) {
      socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      panels.add(webSocket);
    });
  };

  const refuseUpgrade = (request: IncomingMessage): string | null => {
    if (request.headers.host !== authority) return "421 Misdirected Request";
    if (request.headers.origin !== origin) return "403 Forbidden";
    if (!hasSession(request)) return "401 Unauthorized";
    if (parseTarget(request.url, origin)?.pathname !== "/panel") return "404 Not Found";
    return panels.count() >= MAX_PANELS ? "503 Service Unavailable" : null;
  };

  server.on("request", (request, response) => {
    send(response, request, answerFor(request));
  });
  server.on("upgrade", upgrade);

  return {
    address: () => `${origin}/enter?key=${keys.issue()}`,
    port,
    async [Symbol.asyncDispose]() {
      await panels[Symbol.asyncDispose]();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** For a browser that is not let in: nothing is known of its person but what it sends. */
function outsidePage(request: IncomingMessage): string {
  const { language, lines } = outsideWords[languageOf("system", acceptedLanguages(request.headers["accept-language"]))];
  return ["<!doctype html>", `<html lang="${language}"><head><meta charset="utf-8"><title>Callside</title></head><body><main><h1>Callside</h1>`, ...lines, "</main></body></html>"].join("\n");
}

const outsideWords = {
  en: {
    language: "en",
    lines: [
      "<p>This address has been used or has expired, or this browser has not been let in yet.</p>",
      "<p>Open Callside again from its menu or with <code>callside open</code>; each address lets one browser in, once.</p>",
    ],
  },
  de: {
    language: "de",
    lines: [
      "<p>Diese Adresse wurde schon benutzt oder ist abgelaufen, oder dieser Browser wurde noch nicht eingelassen.</p>",
      "<p>Öffnen Sie Callside noch einmal über sein Menü oder mit <code>callside open</code>; jede Adresse lässt einen Browser ein, ein einziges Mal.</p>",
    ],
  },
} as const satisfies Readonly<Record<Language, { readonly language: Language; readonly lines: readonly string[] }>>;

function page(status: number, html: string): Answer {
  return { status, contentType: "text/html; charset=utf-8", body: Buffer.from(html) };
}

function plain(status: number, text: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body: Buffer.from(`${text}\n`) };
}

function redirectHome(headers: Readonly<Record<string, string>>): Answer {
  return { ...plain(303, "Callside is at /."), headers: { location: "/", ...headers } };
}

/** The request target as an address of ours; null where it is none or names another host. */
function parseTarget(target: string | undefined, origin: string): URL | null {
  if (target?.startsWith("/") !== true) return null;
  const url = URL.parse(`${origin}${target}`);
  return url?.origin === origin ? url : null;
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, value] = pair.split("=", 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
