import type { BrowserWindow } from "electron";
import type { Clock } from "../../shared/clock.ts";
import type { DesktopProgram } from "./desktop-ports.ts";
import type { Cause } from "./window-judge.ts";

/** A window that has not moved for so long was let go of, where the system does not tell. */
const REST_MS = 500;

export interface WindowMovesOptions {
  readonly window: BrowserWindow;
  readonly platform: DesktopProgram["platform"];
  readonly clock: Clock;
  /** Hears that the window rests after it was moved or resized, and when it last moved (`Clock.monotonic`). */
  readonly onRest: (cause: Cause, lastMoveAt: number) => void;
}

export interface WindowMoves extends Disposable {
  /** Takes a move under way for finished: what follows needs to know where the window is. */
  finish(): void;
}

/**
 * Tells when the window came to rest. Windows says when a person begins and ends to drag; elsewhere (on macOS `moved` is but
 * another name for `move`, Linux has no such event) it rests when it has not moved for a while.
 */
export function watchMoves({ window, platform, clock, onRest }: WindowMovesOptions): WindowMoves {
  const tellsEnd = platform === "win32";
  let held = false;
  let lastMoveAt = 0;
  let cancel: (() => void) | null = null;

  const forget = (): void => {
    cancel?.();
    cancel = null;
  };
  const rest = (cause: Cause): void => {
    forget();
    onRest(cause, lastMoveAt);
  };
  const onMove = (): void => {
    lastMoveAt = clock.monotonic();
    forget();
    if (held) return;
    cancel = clock.after(REST_MS, () => {
      rest("unknown");
    });
  };
  const onHeld = (): void => {
    held = true;
    forget();
  };
  const onMoved = (): void => {
    held = false;
    rest("moved");
  };
  const onResized = (): void => {
    held = false;
    rest("resized");
  };

  window.on("move", onMove);
  window.on("resize", onMove);
  if (tellsEnd) {
    window.on("will-move", onHeld);
    window.on("will-resize", onHeld);
    window.on("moved", onMoved);
    window.on("resized", onResized);
  }
  return {
    finish() {
      if (cancel !== null) rest("unknown");
    },
    [Symbol.dispose]() {
      forget();
      window.off("move", onMove);
      window.off("resize", onMove);
      window.off("will-move", onHeld);
      window.off("will-resize", onHeld);
      window.off("moved", onMoved);
      window.off("resized", onResized);
    },
  };
}
