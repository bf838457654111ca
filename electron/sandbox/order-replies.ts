import { gzipBomb } from "./gzip-bomb.ts";
import type { SandboxReply, SandboxRequest } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

/** What the order service may answer with in the place of its JSON (fault `orders-reply`). */
export type ReplyFault = "html" | "broken" | "cut" | "empty" | "bomb" | "endless" | "drip" | "latin-1" | "utf-16" | "unknown-charset" | "deep" | "proto" | "echo";

const BOMB_MEGABYTES = 200;
const DRIP_MS = 1_000;
const DEPTH = 20_000;
const JSON_TYPE = "application/json; charset=utf-8";
const ENDLESS_HEAD = '{"data":{"result":[';
const ENDLESS_ORDER = '{"Order Number":"ORD-00000","Status":"Processing"},';
const PAGE = "<!doctype html><title>Orders</title><h1>Please sign in</h1><script>document.title='broken'</script>";
const PROTO = '{"data":{"result":[{"Order Number":"ORD-20451","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}]},"__proto__":{"data":null}}';

/** Turns the JSON `body` that would be the answer into what the fault wants. */
export function faultyReply(fault: ReplyFault, body: unknown, request: SandboxRequest, clock: SandboxClock): SandboxReply {
  const text = JSON.stringify(body);
  switch (fault) {
    case "html":
      return bytes("text/html; charset=utf-8", Buffer.from(PAGE));
    case "broken":
      return bytes(JSON_TYPE, Buffer.from(text.slice(0, Math.ceil(text.length / 2))));
    case "cut":
      return { kind: "cut", body };
    case "empty":
      return bytes(JSON_TYPE, Buffer.alloc(0));
    case "bomb":
      return bytes(JSON_TYPE, gzipBomb(BOMB_MEGABYTES), { "content-encoding": "gzip" });
    case "endless":
      return { kind: "endless", head: ENDLESS_HEAD, chunk: ENDLESS_ORDER.repeat(1_000), next: nextTurn };
    case "drip":
      return { kind: "endless", head: ENDLESS_HEAD, chunk: ENDLESS_ORDER, next: () => pause(clock, DRIP_MS, request.signal) };
    case "latin-1":
      return bytes("application/json; charset=iso-8859-1", Buffer.from(text.replaceAll(/[\u0100-\uffff]/g, escaped), "latin1"));
    case "utf-16":
      return bytes("application/json; charset=utf-16", Buffer.from(`\ufeff${text}`, "utf16le"));
    case "unknown-charset":
      return bytes("application/json; charset=x-shop-7", Buffer.from(text));
    case "deep":
      return bytes(JSON_TYPE, Buffer.from(`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`));
    case "proto":
      return bytes(JSON_TYPE, Buffer.from(PROTO));
    case "echo":
      return { kind: "json", status: 200, body: { data: { result: [request.headers] }, meta: { total: 1 } } };
    default:
      return fault satisfies never;
  }
}

/** What stands before a service that is down: a page, whatever was asked for. */
export function gatewayPage(status: 502 | 504): SandboxReply {
  const words = status === 502 ? "Bad Gateway" : "Gateway Timeout";
  return { kind: "bytes", status, headers: { "content-type": "text/html" }, body: Buffer.from(`<html><title>${String(status)} ${words}</title><h1>${words}</h1></html>`) };
}

function bytes(contentType: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return { kind: "bytes", status: 200, headers: { "content-type": contentType, ...headers }, body };
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
