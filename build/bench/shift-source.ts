import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

/**
 * A platform for a long shift, in a thread of its own: token, suggest, and a stream that says so many lines when it is told
 * to. Calls begin and end: so many go on at a time, and each has so many lines, in the last of which it ends.
 */
export const shiftSchema = z.strictObject({
  callsAtOnce: z.number().int().positive(),
  linesPerCall: z.number().int().positive(),
  /** Of one call, every which line asks for something; each in words of its own, so that none is answered from a cache. */
  askEvery: z.number().int().positive(),
  texts: z.array(z.string()).min(1),
  upstreamMs: z.number().nonnegative(),
});
export type ShiftSettings = z.infer<typeof shiftSchema>;

/** How many lines to say now. */
const orderSchema = z.number().int().positive();

if (parentPort !== null) serve(shiftSchema.parse(workerData), parentPort);

function serve(settings: ShiftSettings, port: MessagePort): void {
  const server = createServer((request, response) => {
    answer(request, response, settings.upstreamMs);
  });
  let client: WebSocket | null = null;
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (connected) => {
    connected.on("error", () => {});
    client = connected;
  });
  let said = 0;
  port.on("message", (message) => {
    for (let left = orderSchema.parse(message); left > 0; left -= 1) {
      client?.send(frameText(settings, said));
      said += 1;
    }
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    port.postMessage(typeof address === "object" && address !== null ? address.port : 0);
  });
}

function frameText({ callsAtOnce, linesPerCall, askEvery, texts }: ShiftSettings, index: number): string {
  const line = Math.floor(index / callsAtOnce) % linesPerCall;
  const call = Math.floor(index / (callsAtOnce * linesPerCall)) * callsAtOnce + (index % callsAtOnce);
  // Not all calls ask in the same moment.
  const asks = (line + call) % askEvery === 0;
  return JSON.stringify({
    type: "INTERACTION_UPDATE",
    payload: {
      interactionId: `call-${call}`,
      utteranceId: `call-${call}-${line}`,
      sequence: line + 1,
      speaker: asks || line % 2 === 0 ? "caller" : "agent",
      transcript: asks ? `I want a refund for item ${index}` : texts[index % texts.length],
      sentimentScore: Math.sin(index / 50) * 0.3,
      agentId: "agent-1",
      customerName: `Customer ${call}`,
      channel: "voice",
      ...(line === linesPerCall - 1 ? { status: "ended" } : {}),
    },
  });
}

function answer(request: IncomingMessage, response: ServerResponse, upstreamMs: number): void {
  request.resume();
  const reply = (body: unknown): void => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (request.url === "/token") {
    request.on("end", () => reply({ access_token: "bench", token_type: "Bearer", expires_in: 86_400 }));
    return;
  }
  setTimeout(() => {
    reply({
      suggestions: [
        { text: "I can take the second charge back right away.", confidence: 0.93, source: "billing/refunds" },
        { text: "May I look at your plan first?", confidence: 0.81, source: "billing/plans" },
      ],
    });
  }, upstreamMs);
}
