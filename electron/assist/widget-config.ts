import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What widgets of other makers read (contract 2.8). `refreshIntervalMs` is for those that poll. */
export interface WidgetConfig {
  readonly maxSuggestions: number;
  readonly minConfidence: number;
  readonly enableSentimentTrigger: boolean;
  readonly enableKeywordTrigger: boolean;
  readonly refreshIntervalMs: number;
  readonly prohibitedPhrases: readonly string[];
}

export interface WidgetConfigServer extends AsyncDisposable {
  readonly port: number;
}

const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Serves `GET /api/widget/config` on 127.0.0.1 (contract 2.8). `current` is asked at each request, so the values are
 * those that drive the engine at that moment. The `Host` header must name loopback: a web page that has its own name
 * point here gets nothing. Fails with a `Fault` when the port is taken.
 */
export function serveWidgetConfig(port: number, current: () => WidgetConfig): Promise<Result<WidgetConfigServer, Fault>> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/u, "").toLowerCase();
    const path = (request.url ?? "").split("?", 1)[0];
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      response.end(request.method === "HEAD" ? undefined : JSON.stringify(body));
    };
    if (!LOOPBACK_NAMES.has(host)) reply(403, { message: "This address answers to loopback names only." });
    else if (path !== "/api/widget/config") reply(404, { message: "Only /api/widget/config is served here." });
    else if (request.method !== "GET" && request.method !== "HEAD") reply(405, { message: "Only GET is allowed." });
    else reply(200, current());
  });
  return new Promise((resolve) => {
    server.once("error", (cause) => {
      resolve(
        err({
          kind: "transport",
          code: "invalid-input",
          detail: `assist.widgetConfigPort: cannot listen on 127.0.0.1:${port} (${cause.message}); choose a free port`,
        }),
      );
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(
        ok({
          port: isAddressInfo(address) ? address.port : port,
          async [Symbol.asyncDispose]() {
            server.closeAllConnections();
            await new Promise<void>((closed) => {
              server.close(() => {
                closed();
              });
            });
          },
        }),
      );
    });
  });
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
