import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";
import type { KeyAndCertificate } from "../../electron/sandbox/certificate.ts";
import { listen } from "./loopback-http.ts";

/** Serves on loopback until the test ends, and cuts every connection then. */
export async function serveUntilEnd(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  });
  return port;
}

/** Takes connections and never says a word; counts them, and those on which it was asked something. */
export async function silentServer(): Promise<{ readonly port: number; readonly taken: () => number; readonly asked: () => number }> {
  let taken = 0;
  let asked = 0;
  const port = await serveUntilEnd(
    createServer((socket) => {
      taken += 1;
      socket.once("data", () => {
        asked += 1;
      });
    }),
  );
  return { port, taken: () => taken, asked: () => asked };
}

/** Shakes hands with a certificate and says nothing; keeps what it is sent. */
export async function certificateServer({ key, cert }: KeyAndCertificate): Promise<{ readonly port: number; readonly heard: () => string }> {
  let heard = "";
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data: Buffer) => {
      heard += data.toString("latin1");
    });
  });
  server.on("tlsClientError", () => undefined);
  return { port: await serveUntilEnd(server), heard: () => heard };
}

/** A proxy that leads every CONNECT to loopback, or answers it with `refusal`. */
export async function connectProxy(refusal: number | null = null): Promise<{ readonly url: string; readonly asked: readonly IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createHttpServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    asked.push(request);
    client.on("error", () => undefined);
    if (refusal !== null) {
      client.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  const port = await serveUntilEnd(server);
  return { url: `http://127.0.0.1:${port}`, asked };
}

/** A port of loopback on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  return port;
}
