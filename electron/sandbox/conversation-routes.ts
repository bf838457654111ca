import { z } from "zod";
import type { ChatConversation, ChatMessage, ChatStore } from "./chat-store.ts";
import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import { createRateLimit } from "./rate-limit.ts";
import { json, readJson, type Route, type SandboxReply, type SandboxRequest } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

const replySchema = z.object({ textBody: z.string().min(1) });

/** What was seen of the calls into conversations, those included that were refused. */
export interface ConversationStats {
  readonly replyRequests: number;
  readonly typingRequests: number;
  readonly readBackRequests: number;
  readonly repliesTaken: number;
}

export interface ConversationRoutesOptions {
  readonly path: string;
  readonly store: ChatStore;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  readonly check: (authorization: string) => TokenCheck;
  /** A reply is taken: it belongs to the conversation and becomes an event. */
  readonly take: (conversation: ChatConversation, text: string) => ChatMessage;
  /** Ends what waits. */
  readonly signal: AbortSignal;
}

/**
 * The calls into conversations (contract 3.5, `platforms`): reply, typing, and what is there to be read. A reply that is
 * sent twice is there twice: the platform knows no `Idempotency-Key`.
 */
export function createConversationRoutes(options: ConversationRoutesOptions): { readonly routes: readonly Route[]; stats(): ConversationStats } {
  const { path, store, faults, clock, take, signal } = options;
  const limit = createRateLimit(clock);
  const requests = { reply: 0, typing: 0, read: 0 };
  let taken = 0;

  /** Counts, and lets `answer` speak about the conversation where neither token nor rate stands against it. */
  const guarded = (
    kind: keyof typeof requests,
    answer: (conversation: ChatConversation, request: SandboxRequest) => SandboxReply | Promise<SandboxReply>,
  ): Route["handle"] => (request) => {
    requests[kind] += 1;
    const allowed = options.check(request.authorization);
    if (!allowed.ok) return genesysRefusal(allowed.status, allowed.status === 401 ? "bad.credentials" : "missing.permissions", allowed.message);
    const rate = faults.values["genesys-rate-limit"];
    const waitSeconds = rate === undefined ? null : limit.refuse(rate);
    if (waitSeconds !== null) return tooMany(waitSeconds);
    const struck = kind === "typing" ? null : struckBy(kind, faults);
    if (struck !== null) return struck;
    const conversation = store.find(request.ids[0] ?? "");
    return conversation === null ? notFound("conversation") : answer(conversation, request);
  };

  const takeNow = (conversation: ChatConversation, text: string): ChatMessage => {
    taken += 1;
    return take(conversation, text);
  };

  const takeLater = async (delayMs: number, conversation: ChatConversation, text: string): Promise<void> => {
    await pause(clock, delayMs, signal);
    if (!signal.aborted) takeNow(conversation, text);
  };

  const reply = async (conversation: ChatConversation, request: SandboxRequest): Promise<SandboxReply> => {
    if (!reaches(conversation, request.ids[1] ?? "")) return notFound("communication");
    const body = readJson(request);
    if (!body.ok) return badRequest(body.error);
    const asked = replySchema.safeParse(body.value);
    if (!asked.success) return badRequest(z.prettifyError(asked.error));
    const { textBody } = asked.data;
    const lateMs = faults.values["genesys-reply-late"];
    if (lateMs !== undefined) {
      void takeLater(lateMs, conversation, textBody);
      return { kind: "hang-up" };
    }
    const lost = faults.strikes(faults.values["genesys-reply-lost"]);
    // It is taken also where the client has gone by then: who gives up waiting has not taken anything back.
    await pause(clock, faults.values["genesys-reply-latency"] ?? 0, signal);
    if (signal.aborted) return { kind: "hang-up" };
    const message = takeNow(conversation, textBody);
    return lost ? { kind: "hang-up" } : json(200, messagePage(conversation, message));
  };

  const typing = (conversation: ChatConversation, request: SandboxRequest): SandboxReply => {
    if (!reaches(conversation, request.ids[1] ?? "")) return notFound("communication");
    store.typing(conversation);
    return { kind: "empty", status: 204 };
  };

  const communication = `${path}/{conversationId}/communications/{communicationId}`;
  return {
    routes: [
      { method: "POST", path: `${communication}/messages`, handle: guarded("reply", reply) },
      { method: "POST", path: `${communication}/typing`, handle: guarded("typing", typing) },
      { method: "GET", path: `${path}/{conversationId}`, handle: guarded("read", (conversation) => json(200, conversationPage(conversation))) },
      {
        method: "GET",
        path: `${path}/{conversationId}/messages/{messageId}`,
        handle: guarded("read", (conversation, request) => {
          const message = store.message(conversation, request.ids[1] ?? "");
          return message === null ? notFound("message") : json(200, messagePage(conversation, message));
        }),
      },
    ],
    stats: () => ({
      replyRequests: requests.reply,
      typingRequests: requests.typing,
      readBackRequests: requests.read,
      repliesTaken: taken,
    }),
  };
}

/** A conversation is its own communication where a client knows no other. */
function reaches(conversation: ChatConversation, communicationId: string): boolean {
  return [conversation.communicationId, conversation.id, String(conversation.number)].includes(communicationId);
}

function struckBy(kind: "reply" | "read", faults: FaultBoard): SandboxReply | null {
  const { values } = faults;
  if (kind === "read") {
    const fault = values["genesys-read-back"];
    if (fault === undefined) return null;
    if (fault === "timeout") return { kind: "silence" };
    if (fault === 429) return tooMany(1);
    return fault === 403 ? genesysRefusal(403, "missing.permissions", "conversations may not be read") : broken();
  }
  if (values["genesys-reply-429"] !== undefined) return tooMany(values["genesys-reply-429"]);
  if (faults.strikes(values["genesys-reply-400"])) return badRequest("textBody: refused for practice");
  if (faults.strikes(values["genesys-reply-500"])) return broken();
  return faults.strikes(values["genesys-reply-timeout"]) ? { kind: "silence" } : null;
}

/** As the platform tells of a conversation: per participant, the messages by reference. */
function conversationPage(conversation: ChatConversation): object {
  const references = (direction: ChatMessage["direction"]): readonly object[] =>
    conversation.messages
      .filter((message) => message.direction === direction)
      .map((message) => ({ messageId: message.id, messageTime: new Date(message.at).toISOString() }));
  return {
    id: conversation.id,
    participants: [
      { id: `${conversation.id}-customer`, purpose: "customer", name: conversation.customerName, messages: references("inbound") },
      {
        id: `${conversation.id}-agent`,
        purpose: "agent",
        ...(conversation.agentId === null ? {} : { userId: conversation.agentId }),
        messages: references("outbound"),
      },
    ],
  };
}

function messagePage(conversation: ChatConversation, message: ChatMessage): object {
  return {
    id: message.id,
    conversationId: conversation.id,
    textBody: message.text,
    direction: message.direction,
    timestamp: new Date(message.at).toISOString(),
  };
}

/** A refusal in the form of this platform. */
function genesysRefusal(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return json(status, { message, code, status }, headers);
}

function badRequest(message: string): SandboxReply {
  return genesysRefusal(400, "bad.request", message);
}

function notFound(what: "conversation" | "communication" | "message"): SandboxReply {
  return genesysRefusal(404, "not.found", `no ${what} has this id`);
}

function tooMany(seconds: number): SandboxReply {
  return genesysRefusal(429, "too.many.requests", "rate limit reached", { "retry-after": String(seconds) });
}

function broken(): SandboxReply {
  return genesysRefusal(500, "internal.server.error", "internal error");
}
