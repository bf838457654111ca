import type { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { sameBounds, type Bounds } from "../../electron/desktop/window-displays.ts";

/** The members of a window that have to do with where it stands. */
export type BoundsMember =
  | "off"
  | "getBounds"
  | "setBounds"
  | "getContentBounds"
  | "isMaximized"
  | "isFullScreen"
  | "setFullScreen"
  | "setAlwaysOnTop"
  | "setVisibleOnAllWorkspaces"
  | "minimize";

/** Where a window stands, as main is told and as the person in front of it does. */
export interface StandInBounds {
  readonly members: Pick<BrowserWindow, BoundsMember>;
  /** What was asked of `setBounds`, in order. */
  readonly asked: readonly Bounds[];
  readonly level: { readonly onTop: boolean; readonly level: string | undefined; readonly allWorkspaces: boolean };
  /** How wide the border is that the system reckons among the bounds. */
  border: number;
  /** What the window manager makes of what it is asked for. */
  manage: (wanted: Bounds) => Bounds;
  /** The person drags the window there, or pulls at a border; with the events of that system. */
  drag(to: Partial<Bounds>): void;
  resize(to: Partial<Bounds>): void;
  /** The system moves it, without a person. */
  push(to: Partial<Bounds>): void;
  maximize(bounds: Bounds): void;
  unmaximize(): void;
}

export function createStandInBounds(
  events: EventEmitter,
  first: { readonly x?: number | undefined; readonly y?: number | undefined; readonly width?: number | undefined; readonly height?: number | undefined },
  platform: "win32" | "darwin" | "linux" = "linux",
): StandInBounds {
  let bounds: Bounds = { x: first.x ?? 0, y: first.y ?? 0, width: first.width ?? 800, height: first.height ?? 600 };
  let normal: Bounds | null = null;
  let fullScreen = false;
  let level: StandInBounds["level"] = { onTop: false, level: undefined, allWorkspaces: false };
  const asked: Bounds[] = [];
  const place = (next: Bounds): void => {
    const before = bounds;
    bounds = next;
    if (before.x !== next.x || before.y !== next.y) events.emit("move");
    if (before.width !== next.width || before.height !== next.height) events.emit("resize");
  };
  const byHand = (name: "move" | "resize", to: Partial<Bounds>): void => {
    const done = name === "move" ? "moved" : "resized";
    if (platform !== "linux") events.emit(`will-${name}`, { preventDefault: () => {} });
    place({ ...bounds, ...to });
    if (platform === "win32") events.emit(done);
    if (platform === "darwin") events.emit(done);
  };
  const standIn: StandInBounds = {
    asked,
    get level() {
      return level;
    },
    border: 0,
    manage: (wanted) => wanted,
    drag(to) {
      byHand("move", to);
    },
    resize(to) {
      byHand("resize", to);
    },
    push(to) {
      place({ ...bounds, ...to });
    },
    maximize(to) {
      normal = bounds;
      place(to);
      events.emit("maximize");
    },
    unmaximize() {
      const back = normal ?? bounds;
      normal = null;
      place(back);
      events.emit("unmaximize");
    },
    members: {
      off: ((event: string, listener: () => void) => events.off(event, listener)) as unknown as BrowserWindow["off"],
      getBounds: () => ({ ...bounds }),
      getContentBounds: () => ({ x: bounds.x + standIn.border, y: bounds.y + 30, width: bounds.width - 2 * standIn.border, height: bounds.height - 30 - standIn.border }),
      setBounds(wanted) {
        const next = { ...bounds, ...wanted };
        asked.push(next);
        const managed = standIn.manage(next);
        if (!sameBounds(managed, bounds)) place(managed);
      },
      isMaximized: () => normal !== null,
      isFullScreen: () => fullScreen,
      setFullScreen(on) {
        fullScreen = on;
        events.emit(on ? "enter-full-screen" : "leave-full-screen");
      },
      setAlwaysOnTop(onTop, name) {
        level = { ...level, onTop, level: name };
      },
      setVisibleOnAllWorkspaces(allWorkspaces) {
        level = { ...level, allWorkspaces };
      },
      minimize() {
        events.emit("minimize");
      },
    },
  };
  return standIn;
}
