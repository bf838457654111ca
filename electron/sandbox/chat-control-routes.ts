import { z } from "zod";
import type { ChatConversation } from "./chat-store.ts";
import type { ChatLine } from "./genesys-platform.ts";
import { json, readJson, refusal, type Route } from "./routes.ts";

const chatSchema = z.strictObject({
  conversationId: z.string().min(1).max(200).exactOptional(),
  text: z.string().min(1).max(10_000),
  speaker: z.enum(["customer", "agent"]).exactOptional(),
  agentId: z.string().min(1).max(200).nullable().exactOptional(),
  customerName: z.string().min(1).max(200).exactOptional(),
});

export interface ChatControlOptions {
  readonly chat: (line: ChatLine) => { readonly conversationId: string; readonly messageId: string };
  readonly conversations: () => readonly ConversationView[];
}

/** A conversation for whoever checks what happened: who wrote what, in the order in which it was taken; times ISO 8601. */
export interface ConversationView {
  readonly conversationId: string;
  readonly communicationId: string;
  readonly agentId: string | null;
  readonly customerName: string;
  readonly status: "active" | "ended";
  readonly typings: number;
  readonly messages: readonly {
    readonly id: string;
    /** `reply`: through the API; `agent`: another agent on the platform. */
    readonly author: "customer" | "agent" | "reply";
    readonly text: string;
    readonly at: string;
  }[];
}

/** Chats are steered by these; everything wrong in a body is told at once, with status 400. */
export function createChatControlRoutes({ chat, conversations }: ChatControlOptions): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/sandbox/chat",
      handle(request) {
        const body = readJson(request);
        if (!body.ok) return refusal(400, body.error);
        const line = chatSchema.safeParse(body.value);
        return line.success ? json(200, chat(line.data)) : refusal(400, z.prettifyError(line.error));
      },
    },
    { method: "GET", path: "/sandbox/conversations", handle: () => json(200, conversations()) },
  ];
}

/** What may be seen of a conversation. */
export function viewOf({ id, communicationId, agentId, customerName, status, typings, messages }: ChatConversation): ConversationView {
  return {
    conversationId: id,
    communicationId,
    agentId,
    customerName,
    status,
    typings,
    messages: messages.map((message) => ({ id: message.id, author: message.author, text: message.text, at: new Date(message.at).toISOString() })),
  };
}
