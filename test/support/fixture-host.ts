import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import type { CommandName } from "../../shared/command-names.ts";
import type { Fault } from "../../shared/fault.ts";
import { callSchema, commandTable } from "../../shared/panel.ts";
import { applyUpdates, type PanelState } from "../../shared/panel-state.ts";
import type { CardPatch, PanelUpdate } from "../../shared/panel-update.ts";
import { type Settings, settingsSchema } from "../../shared/settings.ts";

/** The policy of both real hosts, so that what breaks it breaks here too. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const contentTypes: Readonly<Partial<Record<string, string>>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

interface RecordedCall {
  readonly name: string;
  readonly input: unknown;
}

/** The built panel with a main of our choosing behind it. */
export interface FixtureHost extends AsyncDisposable {
  readonly url: string;
  /** Every command that the panel gave, in order. */
  readonly calls: readonly RecordedCall[];
  state(): PanelState;
  /** Applies updates and pushes them; returns the number of the last. */
  push(...updates: readonly PanelUpdate[]): number;
  /** Applies updates and pushes nothing, as if a push had been lost. */
  skip(...updates: readonly PanelUpdate[]): void;
  /** Answers the next commands of this name with a fault, until `null`. */
  refuse(name: CommandName, fault: Fault | null): void;
  /** Goes away as a program that ended does; `comeBack` serves again at the same address. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Serves the panel in `directory` on loopback, starting from `initial`. Answers commands as main does, from memory. */
export async function serveFixture(initial: PanelState, directory: string): Promise<FixtureHost> {
  let state = initial;
  let number = 0;
  let sockets: WebSocket[] = [];
  const calls: RecordedCall[] = [];
  const refusals = new Map<string, Fault>();

  const advance = (updates: readonly PanelUpdate[]): number => {
    const from = number + 1;
    state = applyUpdates(state, updates);
    number += updates.length;
    return from;
  };
  const push = (...updates: readonly PanelUpdate[]): number => {
    const from = advance(updates);
    const text = JSON.stringify({ kind: "updates", from, updates });
    for (const socket of sockets) socket.send(text);
    return number;
  };
  const patchCard = (interactionId: string, suggestionId: string, patch: CardPatch): void => {
    push({ kind: "card", interactionId, suggestionId, patch });
  };

  const handle = (name: string, input: unknown): { readonly value: unknown } | { readonly error: Fault } => {
    const refusal = refusals.get(name);
    if (refusal !== undefined) return { error: refusal };
    switch (name) {
      case "panel.snapshot":
        return { value: { number, state } };
      case "interaction.close": {
        const { interactionId } = commandTable[name].input.parse(input);
        push({ kind: "interaction-closed", interactionId });
        return { value: null };
      }
      case "suggestion.record": {
        const { interactionId, suggestionId, disposition, undone } = commandTable[name].input.parse(input);
        if (disposition === "copied") patchCard(interactionId, suggestionId, { copied: true });
        if (disposition === "dismissed") patchCard(interactionId, suggestionId, { visibility: undone ? "shown" : "dismissed" });
        if (disposition === "helpful" || disposition === "not helpful") {
          patchCard(interactionId, suggestionId, { feedback: undone ? null : disposition });
        }
        return { value: null };
      }
      case "suggestion.pin": {
        const { interactionId, suggestionId, pinned } = commandTable[name].input.parse(input);
        patchCard(interactionId, suggestionId, { pinned });
        return { value: null };
      }
      case "suggestions.reveal": {
        const { interactionId } = commandTable[name].input.parse(input);
        const view = state.interactions.find((one) => one.interaction.id === interactionId);
        const waiting = (view?.sets ?? []).flatMap(({ cards }) =>
          Object.entries(cards).flatMap(([id, card]) => (card.visibility === "waiting" ? [id] : [])),
        );
        push(...waiting.map((id): PanelUpdate => ({ kind: "card", interactionId, suggestionId: id, patch: { visibility: "shown" } })));
        return { value: null };
      }
      case "settings.change": {
        const patch = commandTable[name].input.parse(input);
        const { settings } = state;
        const changed: Settings = settingsSchema.parse({
          ...settings,
          triggers: { ...settings.triggers, ...patch.triggers },
          policy: { ...settings.policy, ...patch.policy },
          display: { ...settings.display, ...patch.display },
        });
        push({ kind: "settings", settings: changed });
        return { value: null };
      }
      case "notice.dismiss": {
        const { id } = commandTable[name].input.parse(input);
        push({ kind: "notice-cleared", id });
        return { value: null };
      }
      case "connection.retry":
        return { value: null };
      default:
        return { error: { kind: "policy", code: "not-found-here", detail: `no command ${name}` } };
    }
  };

  const server = createServer((request, response) => void serveFile(directory, request.url ?? "/", response));
  const upgrades = new WebSocketServer({ server, path: "/panel" });
  upgrades.on("connection", (socket) => {
    sockets = [...sockets, socket];
    socket.on("close", () => {
      sockets = sockets.filter((one) => one !== socket);
    });
    socket.on("message", (data) => {
      const { id, name, input } = callSchema.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : ""));
      calls.push({ name, input });
      const answer = handle(name, input);
      const reply = "error" in answer ? { ok: false, error: answer.error } : { ok: true, value: answer.value };
      socket.send(JSON.stringify({ kind: "reply", id, reply }));
    });
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, "127.0.0.1", resolve);
    });
  const goAway = (): Promise<void> => {
    for (const socket of sockets) socket.terminate();
    server.closeAllConnections();
    return new Promise((resolve) => {
      if (server.listening) server.close(() => resolve());
      else resolve();
    });
  };

  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fixture host has no port");
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    state: () => state,
    push,
    skip: (...updates) => void advance(updates),
    refuse(name, fault) {
      if (fault === null) refusals.delete(name);
      else refusals.set(name, fault);
    },
    goAway,
    comeBack: () => listen(port),
    async [Symbol.asyncDispose]() {
      await goAway();
      upgrades.close();
    },
  };
}

async function serveFile(directory: string, url: string, response: ServerResponse): Promise<void> {
  const path = normalize(new URL(url, "http://127.0.0.1").pathname);
  const file = path === "/" ? "/index.html" : path;
  try {
    const body = await readFile(join(directory, file));
    response.writeHead(200, {
      "content-type": contentTypes[extname(file)] ?? "application/octet-stream",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
