import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { WebSocketServer } from "ws";
import { z } from "zod";

/**
 * A platform for measurements, in a thread of its own: token, suggest, and a stream that is written to the socket in
 * ready-made blocks, so that whoever reads is always the slower side.
 */
export const sourceSchema = z.strictObject({
  /** Frames to send to each client that connects. */
  frames: z.number().int(),
  interactions: z.number().int(),
  /** Give each frame an id and a number, as a real platform does; without, the same blocks are sent over and over. */
  unique: z.boolean(),
  /** What is said, over and over. */
  texts: z.array(z.string()).min(1),
  /** 0: as fast as the reader reads. */
  perSecond: z.number(),
  upstreamMs: z.number(),
});
export type SourceSettings = z.infer<typeof sourceSchema>;

const BLOCK_FRAMES = 500;

if (parentPort !== null) serve(sourceSchema.parse(workerData), parentPort);

function serve(settings: SourceSettings, port: MessagePort): void {
  const blocks = settings.perSecond === 0 ? buildBlocks(settings) : [];
  const server = createServer((request, response) => {
    answer(request, response, settings);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (client, request) => {
    client.on("error", () => {});
    if (settings.perSecond === 0) void pour(request.socket, blocks, settings);
    else drip((text) => client.send(text), settings);
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const message = typeof address === "object" && address !== null ? address.port : 0;
    port.postMessage(message);
  });
}

function answer(request: IncomingMessage, response: ServerResponse, { upstreamMs }: SourceSettings): void {
  const startedMs = performance.now();
  request.resume();
  const reply = (body: unknown): void => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (request.url === "/token") {
    request.on("end", () => reply({ access_token: "bench", token_type: "Bearer", expires_in: 3_600 }));
    return;
  }
  setTimeout(() => {
    // What the platform itself took is told with the answer, to be taken off the latency.
    const source = String(performance.now() - startedMs);
    reply({
      suggestions: [
        { text: "I can take the second charge back right away.", confidence: 0.93, source },
        { text: "May I look at your plan first?", confidence: 0.81, source },
        { text: "We would rather avoid legal action.", confidence: 0.9, source },
      ],
    });
  }, upstreamMs);
}

function frameText(settings: SourceSettings, index: number): string {
  const interaction = index % settings.interactions;
  const place = Math.floor(index / settings.interactions);
  const text = settings.texts[place % settings.texts.length];
  return JSON.stringify({
    type: "INTERACTION_UPDATE",
    payload: {
      interactionId: `call-${interaction}`,
      ...(settings.unique ? { utteranceId: `call-${interaction}-${place}`, sequence: place + 1 } : {}),
      speaker: "caller",
      transcript: text,
      sentimentScore: -0.12,
      agentId: "agent-1",
      customerName: `Customer ${interaction}`,
      channel: "voice",
      queue: "Billing",
    },
  });
}

function buildBlocks(settings: SourceSettings): readonly Buffer[] {
  const distinct = settings.unique ? settings.frames : Math.min(settings.frames, BLOCK_FRAMES * 20);
  const blocks: Buffer[] = [];
  for (let from = 0; from < distinct; from += BLOCK_FRAMES) {
    const frames: Buffer[] = [];
    for (let index = from; index < Math.min(from + BLOCK_FRAMES, distinct); index += 1) {
      frames.push(wireFrame(frameText(settings, index)));
    }
    blocks.push(Buffer.concat(frames));
  }
  return blocks;
}

/** A text frame as RFC 6455 has it, unmasked, up to 64 kB. */
function wireFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([header, payload]);
}

async function pour(socket: Socket, blocks: readonly Buffer[], { frames }: SourceSettings): Promise<void> {
  let sent = 0;
  // The handshake's answer has to be out before raw frames follow it.
  await new Promise((resolve) => setImmediate(resolve));
  for (let index = 0; sent < frames; index = (index + 1) % blocks.length) {
    const block = blocks[index];
    if (block === undefined || socket.destroyed) return;
    sent += BLOCK_FRAMES;
    if (!socket.write(block)) await new Promise((resolve) => socket.once("drain", resolve));
  }
}

function drip(send: (text: string) => void, settings: SourceSettings): void {
  let sent = 0;
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const due = Math.min(settings.frames, Math.floor(((performance.now() - startedMs) * settings.perSecond) / 1_000));
    for (; sent < due; sent += 1) send(frameText({ ...settings, texts: [`I want a refund number ${sent}`] }, sent));
    if (sent >= settings.frames) clearInterval(timer);
  }, 5);
}
