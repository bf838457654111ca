import type { Clock } from "../shared/clock.ts";
import type { CommandName } from "../shared/command-names.ts";
import type { Fault } from "../shared/fault.ts";
import type { CommandInput, CommandOutput, UpdatesPush } from "../shared/panel.ts";
import { err, type Result } from "../shared/result.ts";
import type { Bridge, HostState } from "./bridge.ts";

/** What a socket tells the bridge; `closed` comes once, also when it never opened. */
export interface SocketEvents {
  readonly opened: () => void;
  readonly received: (data: unknown) => void;
  readonly closed: () => void;
}

/** The part of a socket that the bridge needs. */
interface PanelSocket {
  send(text: string): void;
  close(): void;
}

/** Opens a socket. No event comes before this returns. */
export type OpenSocket = (events: SocketEvents) => PanelSocket;

/**
 * What main sends. Main checked every value by schema before it left, so the panel does not carry a schema library to
 * check it again; `never` lets a reply's value stand for the output of the command that asked.
 */
type HostMessage = UpdatesPush | { readonly kind: "reply"; readonly id: number; readonly reply: Result<never, Fault> };

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5_000;
/** Main answers from memory; writing the configuration file touches a disk. */
const REPLY_TIMEOUT_MS = 10_000;
/** A batch begins when the platform has answered several questions, each with a time limit and further tries of its own; diagnostics read much. */
const SLOW_REPLY_TIMEOUT_MS = 180_000;
const slowCommands: ReadonlySet<CommandName> = new Set<CommandName>(["simulations.run", "simulations.load", "simulations.example", "simulations.export", "diagnostics.export"]);

const hostLost: Fault = { kind: "transport", code: "network", detail: "Callside is not running" };

interface SocketPorts {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The bridge over the loopback host's WebSocket. Connects again by itself, with backoff and full jitter, until disposed. */
export function connectSocket({ openSocket, clock, random }: SocketPorts): Bridge {
  const updateListeners = new Set<(push: UpdatesPush) => void>();
  const hostListeners = new Set<(state: HostState) => void>();
  const waiting = new Map<number, (reply: Result<never, Fault>) => void>();
  let socket: PanelSocket | null = null;
  let open = false;
  let attempt = 0;
  let callCount = 0;
  let disposed = false;
  let cancelRetry = (): void => {};

  const tellHost = (state: HostState): void => {
    for (const listener of hostListeners) listener(state);
  };

  const dial = (): void => {
    socket = openSocket({
      opened() {
        open = true;
        attempt = 0;
        tellHost("connected");
      },
      received(data) {
        const message = parseMessage(data);
        if (message === null) return;
        if (message.kind === "updates") {
          for (const listener of updateListeners) listener(message);
          return;
        }
        const settle = waiting.get(message.id);
        waiting.delete(message.id);
        settle?.(message.reply);
      },
      closed() {
        if (disposed) return;
        socket = null;
        open = false;
        for (const settle of waiting.values()) settle(err(hostLost));
        waiting.clear();
        tellHost("lost");
        cancelRetry = clock.after(random() * Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt), dial);
        attempt += 1;
      },
    });
  };

  dial();

  return {
    call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>, Fault>> {
      const live = socket;
      if (live === null || !open) return Promise.resolve(err(hostLost));
      callCount += 1;
      const id = callCount;
      return new Promise((resolve) => {
        const timeoutMs = slowCommands.has(name) ? SLOW_REPLY_TIMEOUT_MS : REPLY_TIMEOUT_MS;
        const cancel = clock.after(timeoutMs, () => {
          waiting.delete(id);
          resolve(err({ kind: "transport", code: "timeout", detail: `Callside did not answer in ${timeoutMs / 1_000} s` }));
        });
        waiting.set(id, (reply) => {
          cancel();
          resolve(reply);
        });
        live.send(JSON.stringify({ kind: "call", id, name, input }));
      });
    },
    onUpdates(listener) {
      updateListeners.add(listener);
      return () => updateListeners.delete(listener);
    },
    onHost(listener) {
      hostListeners.add(listener);
      if (open) listener("connected");
      return () => hostListeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      disposed = true;
      cancelRetry();
      for (const settle of waiting.values()) settle(err(hostLost));
      waiting.clear();
      updateListeners.clear();
      hostListeners.clear();
      socket?.close();
    },
  };
}

function parseMessage(data: unknown): HostMessage | null {
  if (typeof data !== "string") return null;
  try {
    const message: HostMessage = JSON.parse(data);
    return message.kind === "updates" || message.kind === "reply" ? message : null;
  } catch {
    return null;
  }
}
