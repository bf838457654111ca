import type { App } from "electron";
import type { Clock } from "../../shared/clock.ts";

/** Requests this close together are one: a shortcut held down, or the system's beside the person's. */
const SAME_REQUEST_MS = 1_000;

/** Keeps Electron from ending the process before everything behind the panel is closed. */
export interface QuitWatch extends Disposable {
  /** Aborts at the first request to quit. */
  readonly asked: AbortSignal;
  /** Aborts at a further request, once closing has begun. */
  readonly hurry: AbortSignal;
  /** From now on a request to quit is a further one. */
  closing(): void;
}

/**
 * Hears requests to quit from the start of the program to its very end: Electron quits at the first that nobody prevents,
 * and by itself when the last window goes while nobody listens. The process then ends by `app.exit`, which asks nobody.
 */
export function watchQuit(app: Pick<App, "on" | "off">, clock: Clock): QuitWatch {
  const asked = new AbortController();
  const hurry = new AbortController();
  let closingSince: number | null = null;
  const onQuit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    asked.abort();
    if (closingSince !== null && clock.monotonic() - closingSince >= SAME_REQUEST_MS) hurry.abort();
  };
  const onAllClosed = (): void => {};
  app.on("before-quit", onQuit);
  app.on("window-all-closed", onAllClosed);
  return {
    asked: asked.signal,
    hurry: hurry.signal,
    closing() {
      closingSince ??= clock.monotonic();
    },
    [Symbol.dispose]() {
      app.off("before-quit", onQuit);
      app.off("window-all-closed", onAllClosed);
    },
  };
}
