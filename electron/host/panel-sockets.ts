import type { RawData, WebSocket } from "ws";
import type { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import { callSchema, type Reply, type UpdatesPush } from "../../shared/panel.ts";
import type { Commands } from "./commands.ts";
import type { Publisher } from "./publisher.ts";

/** Ping and pong as for every socket (contract 0). */
const PING_EVERY_MS = 20_000;
const PONG_WITHIN_MS = 10_000;
/** What a panel may leave unread before pushes are withheld from it. */
export const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

/** The browsers that show the panel. */
export interface PanelSockets extends AsyncDisposable {
  add(socket: WebSocket): void;
  count(): number;
}

export interface PanelSocketsOptions {
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
  /** Hears when the first panel comes and when the last one has gone; nobody unless given. */
  readonly attend?: (isAttended: boolean) => void;
}

type Call = z.infer<typeof callSchema>;

interface Panel {
  push(text: string): void;
  end(): void;
}

/**
 * Carries commands, replies and pushes (shared/panel.ts) over sockets that were let in already.
 * A push is put into text once for all panels. A panel that does not keep up gets no pushes until it has read what it
 * was sent; then it learns by number that it missed some and asks for a snapshot, so nothing piles up here. One that
 * gives commands without reading, or that answers no ping, is cut off.
 */
export function createPanelSockets({ commands, publisher, clock, onBug, attend = () => {} }: PanelSocketsOptions): PanelSockets {
  const panels = new Set<Panel>();
  let stopUpdates = (): void => {};

  const tellAll = (push: UpdatesPush): void => {
    const text = JSON.stringify(push);
    for (const panel of panels) panel.push(text);
  };

  const leave = (panel: Panel): void => {
    if (!panels.delete(panel) || panels.size > 0) return;
    stopUpdates();
    attend(false);
  };

  const add = (socket: WebSocket): void => {
    let missed = false;

    const catchUp = (): void => {
      if (!missed || socket.bufferedAmount > MAX_UNREAD_BYTES || socket.readyState !== socket.OPEN) return;
      missed = false;
      const push: UpdatesPush = { kind: "updates", from: publisher.snapshot().number + 1, updates: [] };
      socket.send(JSON.stringify(push));
    };

    const answer = async ({ id, name, input }: Call): Promise<void> => {
      try {
        const reply: Reply = await commands(name, input);
        if (socket.readyState !== socket.OPEN) return;
        // Looked at here and not when the call comes in: many calls may come in before the first is answered.
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
          socket.close(TRY_AGAIN_LATER, "replies are not being read");
          socket.terminate();
          return;
        }
        socket.send(JSON.stringify({ kind: "reply", id, reply }), catchUp);
      } catch (error) {
        onBug(error);
        socket.close(INTERNAL_ERROR);
      }
    };

    const life = watchLife(socket, clock);
    const panel: Panel = {
      push(text) {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) missed = true;
        if (!missed) socket.send(text, catchUp);
      },
      end() {
        life.stop();
        socket.close(GOING_AWAY, "Callside was closed");
        socket.terminate();
      },
    };

    socket.on("message", (data, isBinary) => {
      life.heard();
      const call = isBinary ? null : parseCall(data);
      // What is not a call at all has no number to answer to.
      if (call === null) return;
      void answer(call);
    });
    socket.on("pong", life.heard);
    // A broken or oversized frame: `close` follows and tells all there is to tell.
    socket.on("error", () => {});
    socket.on("close", () => {
      life.stop();
      leave(panel);
    });

    if (panels.size === 0) {
      stopUpdates = publisher.subscribe(tellAll);
      attend(true);
    }
    panels.add(panel);
  };

  return {
    add,
    count: () => panels.size,
    async [Symbol.asyncDispose]() {
      for (const panel of panels) {
        panel.end();
        leave(panel);
      }
    },
  };
}

/** Pings the other side and ends the connection when nothing is heard within PONG_WITHIN_MS of a ping. */
function watchLife(socket: WebSocket, clock: Clock): { readonly heard: () => void; readonly stop: () => void } {
  let stopped = false;
  let cancel = (): void => {};
  const listen = (): void => {
    cancel = clock.after(PING_EVERY_MS, () => {
      socket.ping();
      cancel = clock.after(PONG_WITHIN_MS, () => {
        socket.terminate();
      });
    });
  };
  listen();
  return {
    heard() {
      if (stopped) return;
      cancel();
      listen();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}

function parseCall(data: RawData): Call | null {
  if (!Buffer.isBuffer(data)) return null;
  try {
    const parsed = callSchema.safeParse(JSON.parse(data.toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
