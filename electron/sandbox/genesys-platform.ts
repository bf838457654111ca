import type { PracticeChat } from "./practice-chats.ts";
import { type ChatAuthor, type ChatConversation, type ChatMessage, createChatStore } from "./chat-store.ts";
import { type ConversationStats, createConversationRoutes } from "./conversation-routes.ts";
import { createCustomers } from "./customers.ts";
import { createEventFrames } from "./event-frames.ts";
import { createEventLog } from "./event-log.ts";
import { type EventSocketStats, openEventSockets } from "./event-sockets.ts";
import type { FaultBoard, FaultName } from "./faults.ts";
import type { OauthPlatform } from "./oauth-platform.ts";
import type { Route } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { UpgradeRouter } from "./upgrade-router.ts";

/** The base of everything of Genesys. */
export const GENESYS_PATH = "/genesys";
/** The organisation, and what a token is asked for (contract 0; the region is the default one). */
export const GENESYS_ORG = "practice-organisation";
export const genesysAudience = `https://api.mypurecloud.com/${GENESYS_ORG}`;
/** Clients of Genesys ask for no scope: this one is set on the client. */
export const genesysScopes = ["platform:agent:view"] as const;

const SOCKET_PATH = `${GENESYS_PATH}/api/v2/platformdata/events`;
const HUGE_LETTERS = 1_000_000;
const MARKUP = ` <img src=x onerror="document.title='broken'"><b>bold</b>`;
const CONTROL = "\u0000\u0007\u001b[31m\u0085\ud800\t\r\nstill the same line";

/** Something that is written from outside. Without a conversation it goes into the latest one, or a new one; with an id that is not known, into a new one of that id. */
export interface ChatLine {
  readonly conversationId?: string | undefined;
  readonly text: string;
  /** `agent`: another agent on the platform. The customer unless given. */
  readonly speaker?: "customer" | "agent" | undefined;
  /** Of a new conversation: whom its events name (null: nobody; the practice agent unless given), and the customer's name. */
  readonly agentId?: string | null | undefined;
  readonly customerName?: string | undefined;
}

/** What was seen of Genesys. */
export interface GenesysStats extends EventSocketStats, ConversationStats {
  readonly conversations: number;
  /** Practice chats that go on. */
  readonly openChats: number;
  readonly customerMessages: number;
  /** The number of the organisation's last event. */
  readonly lastSequenceId: number;
}

/** The Genesys side of the bridge (contract 3). */
export interface GenesysPlatform extends AsyncDisposable {
  readonly routes: readonly Route[];
  readonly socketPath: string;
  /** Takes the upgrades of the event socket; call once. */
  attach(upgrades: UpgradeRouter): void;
  /** A fault that means a moment. */
  strike(name: FaultName): void;
  chat(line: ChatLine): { readonly conversationId: string; readonly messageId: string };
  conversations(): readonly ChatConversation[];
  /** Ends every practice chat, and lets none begin until `resume`. */
  hold(): void;
  resume(): void;
  stats(): GenesysStats;
}

export interface GenesysPlatformOptions {
  readonly faults: FaultBoard;
  readonly oauth: OauthPlatform;
  readonly clock: SandboxClock;
  /** Tells this start of the sandbox from others, 0 to 1. */
  readonly start: number;
  readonly agentId: string;
  readonly practice: { readonly chats: readonly PracticeChat[]; readonly lines: number; readonly speed: number; readonly loop: boolean };
}

/** Builds the platform; its customers begin when the first bridge has subscribed. */
export function createGenesysPlatform(options: GenesysPlatformOptions): GenesysPlatform {
  const { faults, oauth, clock } = options;
  const closing = new AbortController();
  const log = createEventLog();
  const frames = createEventFrames(faults);
  const store = createChatStore({ start: options.start, now: () => clock.now() });
  const check = (authorization: string): ReturnType<OauthPlatform["check"]> => oauth.check(authorization, genesysScopes[0]);
  let customerMessages = 0;

  const write = (conversation: ChatConversation, author: ChatAuthor, text: string): ChatMessage => {
    const message = store.add(conversation, author, text);
    for (const event of frames.eventsOf(conversation, message)) sockets.broadcast(log.append(event));
    if (author === "customer") customerMessages += 1;
    else customers.answered(conversation.id, text);
    return message;
  };

  const customers = createCustomers({
    ...options.practice,
    clock,
    begin: (chat) => store.open({ agentId: options.agentId, customerName: chat.customerName }).id,
    say: (conversationId, text) => {
      const conversation = store.find(conversationId);
      if (conversation !== null) write(conversation, "customer", dressed(text, faults));
    },
    end: (conversationId) => {
      const conversation = store.find(conversationId);
      if (conversation !== null) store.end(conversation);
    },
  });
  const sockets = openEventSockets({
    path: SOCKET_PATH,
    log,
    faults,
    clock,
    check,
    onSubscriber: () => {
      customers.start();
    },
  });
  const conversations = createConversationRoutes({
    path: `${GENESYS_PATH}/api/v2/conversations/messages`,
    store,
    faults,
    clock,
    check,
    take: (conversation, text) => write(conversation, "reply", text),
    signal: closing.signal,
  });

  const conversationOf = (line: ChatLine): ChatConversation => {
    const found = line.conversationId === undefined ? store.latest() : store.find(line.conversationId);
    return (
      found ??
      store.open({
        id: line.conversationId,
        agentId: line.agentId === undefined ? options.agentId : line.agentId,
        customerName: line.customerName ?? "Practice customer",
      })
    );
  };

  return {
    routes: [oauth.route, ...conversations.routes],
    socketPath: SOCKET_PATH,
    attach(upgrades) {
      upgrades.add(sockets.endpoint);
    },
    strike(name) {
      if (name === "genesys-drop") sockets.dropAll();
      if (name === "genesys-stall") sockets.stallOpen();
      if (name === "genesys-renumber") {
        log.renumber();
        sockets.dropAll();
      }
      if (name === "expired-tokens") {
        oauth.expireAll();
        sockets.recheckTokens();
      }
    },
    chat(line) {
      const conversation = conversationOf(line);
      const speaker = line.speaker ?? "customer";
      const message = write(conversation, speaker, speaker === "customer" ? dressed(line.text, faults) : line.text);
      return { conversationId: conversation.id, messageId: message.id };
    },
    conversations: () => store.all(),
    hold: () => {
      customers.hold();
    },
    resume: () => {
      customers.resume();
    },
    stats: () => ({
      ...sockets.stats(),
      ...conversations.stats(),
      conversations: store.all().length,
      openChats: customers.open(),
      customerMessages,
      lastSequenceId: log.last(),
    }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      customers[Symbol.dispose]();
      await sockets[Symbol.asyncDispose]();
    },
  };
}

/** What a customer writes, as the faults that are set want it. */
function dressed(text: string, faults: FaultBoard): string {
  const { values } = faults;
  const huge = faults.strikes(values["genesys-huge-body"]) ? text.padEnd(HUGE_LETTERS, " and so on") : text;
  return [huge, values["genesys-html"] === "on" ? MARKUP : "", values["genesys-control"] === "on" ? CONTROL : ""].join("");
}
