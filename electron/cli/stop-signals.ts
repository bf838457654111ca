import type { Clock } from "../../shared/clock.ts";

/** The part of a process that ends it. */
export interface SignalPorts {
  readonly on: (signal: "SIGINT" | "SIGTERM", listener: () => void) => unknown;
  readonly off: (signal: "SIGINT" | "SIGTERM", listener: () => void) => unknown;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/** How a program finds out that whoever started it is gone. */
export interface StarterPorts {
  readonly clock: Clock;
  /** The process id of the present parent. */
  readonly parent: () => number;
}

const STARTER_LOOK_MS = 500;

/**
 * Asks for an orderly end when the process that started this one ends. npm puts a shell in between that dies of a
 * SIGTERM and does not pass it on; without this the program would go on with nobody to end it.
 */
export function watchStarter({ clock, parent }: StarterPorts, stop: () => void): Disposable {
  const started = parent();
  let cancel = (): void => {};
  const look = (): void => {
    if (parent() === started) cancel = clock.after(STARTER_LOOK_MS, look);
    else stop();
  };
  look();
  return {
    [Symbol.dispose]() {
      cancel();
    },
  };
}

/** What a shell reports for a program that was ended by the signal. */
const exitCodeOf = { SIGINT: 130, SIGTERM: 143 } as const;

/** Signals this close together are one: whoever ends a process may signal it and then its group. */
const SAME_SIGNAL_MS = 1_000;

/**
 * The first SIGINT or SIGTERM asks for an orderly end, a later one ends at once: closing may hang, and a person who
 * asks twice means it.
 */
export function watchStopSignals(ports: SignalPorts, clock: Clock, stop: () => void): Disposable {
  let askedAt: number | null = null;
  const listener = (signal: "SIGINT" | "SIGTERM") => (): void => {
    if (askedAt !== null && clock.monotonic() - askedAt >= SAME_SIGNAL_MS) ports.exit(exitCodeOf[signal]);
    askedAt ??= clock.monotonic();
    stop();
  };
  const interrupted = listener("SIGINT");
  const terminated = listener("SIGTERM");
  ports.on("SIGINT", interrupted);
  ports.on("SIGTERM", terminated);
  return {
    [Symbol.dispose]() {
      ports.off("SIGINT", interrupted);
      ports.off("SIGTERM", terminated);
    },
  };
}
