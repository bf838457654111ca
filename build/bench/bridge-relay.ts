import { once } from "node:events";
import { WebSocket } from "ws";
import type { BridgeServer } from "./bridge-server.ts";

interface Event {
  readonly eventType?: string;
  readonly eventData: { readonly conversationId: string; readonly body: string; readonly direction: string };
}

/** The least that carries a message to the bot and its answer back: `ws`, `fetch` and `JSON`, with nothing kept, checked or told. */
export async function runRelay(server: BridgeServer): Promise<AsyncDisposable> {
  const { socketUrl, dialogUrl, apiUrl } = server.platform;
  const subscribed = server.subscribed();
  const connection = new WebSocket(socketUrl, { perMessageDeflate: false });
  const post = async (url: string, body: unknown): Promise<{ readonly response?: string }> => {
    const headers = { "content-type": "application/json", authorization: "Bearer bench" };
    const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return (await reply.json()) as { readonly response?: string };
  };
  const relay = async ({ conversationId, body }: Event["eventData"]): Promise<void> => {
    const { response } = await post(dialogUrl, { userId: conversationId, message: body, context: { source: "genesys-cloud", timestamp: new Date().toISOString() } });
    await post(`${apiUrl}/api/v2/conversations/messages/${conversationId}/communications/${conversationId}/messages`, { textBody: response });
  };
  connection.on("message", (data: Buffer) => {
    const event = JSON.parse(data.toString()) as Event;
    if (event.eventType === "message" && event.eventData.direction === "inbound") void relay(event.eventData);
  });
  await once(connection, "open");
  connection.send(JSON.stringify({ events: ["message"] }));
  await subscribed;
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(connection, "close");
      connection.close();
      await closed;
    },
  };
}
