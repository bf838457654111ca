import { request, type IncomingHttpHeaders } from "node:http";
import { WebSocket } from "ws";
import type { Reply, UpdatesPush } from "../../shared/panel.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One HTTP request with exactly these headers and this target, as no browser or `fetch` would let one send. */
export function askRaw(
  port: number,
  path: string,
  { method = "GET", headers = {} }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Uses a one-time address and gives the `cookie` header to send from then on. */
export async function enter(port: number, address: string): Promise<string> {
  const url = new URL(address);
  const { status, headers } = await askRaw(port, `${url.pathname}${url.search}`);
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  if (status !== 303 || cookie === undefined) throw new Error(`not let in: ${status}`);
  return cookie;
}

/** A panel's end of the socket. */
export interface PanelClient extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly pushes: readonly UpdatesPush[];
  call(name: string, input: unknown): Promise<Reply>;
  /** Resolves with the first push that fits, past ones included. */
  push(fits: (push: UpdatesPush) => boolean): Promise<UpdatesPush>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

/** Opens `/panel`; rejects with `HTTP <status>` when the upgrade is refused. */
export function openPanel(port: number, headers: Readonly<Record<string, string>>, path = "/panel"): Promise<PanelClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  const pushes: UpdatesPush[] = [];
  const replies = new Map<number, (reply: Reply) => void>();
  const waiting = new Set<() => void>();
  let count = 0;
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as UpdatesPush | { kind: "reply"; id: number; reply: Reply };
    if (message.kind === "reply") {
      replies.get(message.id)?.(message.reply);
    } else {
      pushes.push(message);
      for (const look of waiting) look();
    }
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  const client: PanelClient = {
    socket,
    pushes,
    closed,
    call(name, input) {
      count += 1;
      const id = count;
      socket.send(JSON.stringify({ kind: "call", id, name, input }));
      return new Promise((resolve) => replies.set(id, resolve));
    },
    push: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = pushes.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      resolve(client);
    });
    socket.on("unexpected-response", (_request, response) => {
      reject(new Error(`HTTP ${response.statusCode}`));
      socket.terminate();
    });
    socket.on("error", reject);
  });
}
