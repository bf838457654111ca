import type * as Electron from "electron";
import type { BrowserWindow } from "electron";
import { assertNever } from "../../shared/assert-never.ts";
import type { DesktopProgram } from "./desktop-ports.ts";
import { displayOf, displaySetKey, sameBounds, someDisplays, type Bounds, type Displays, type Point } from "./window-displays.ts";
import { isNear, judgeAct, type Act, type Cause } from "./window-judge.ts";
import { watchMoves } from "./window-moves.ts";
import { boundsAt, DEFAULT_HEIGHT, DEFAULT_WIDTH, dockedWidth, FIRST_PLACE, fitted, type Dock, type Place } from "./window-place.ts";
import type { WindowPlaces } from "./window-places.ts";

/** Displays come and go in several steps, each of them told. */
const DISPLAYS_SETTLE_MS = 300;
/** How long after the panel was placed a move is the echo of that, where the system does not say whose it is. */
const ECHO_MS = 700;
/** The same after the displays have changed: systems then move windows by themselves, some of them late. */
const DISPLAYS_ECHO_MS = 2_500;
/** How often a place is asked for again that the window manager did not give: it may be one that cannot (tiling, Wayland). */
const RETRIES = 1;
/** The line around a window that Windows draws itself, the rest of its border being invisible; and the most that may be. */
const DRAWN_BORDER = 1;
const MAX_HIDDEN_BORDER = 16;
const NOTICE_ID = "window-dock";

type Screen = Pick<typeof Electron.screen, "getAllDisplays" | "getCursorScreenPoint" | "on" | "off">;

export interface WindowKeeperOptions extends Pick<DesktopProgram, "platform" | "clock" | "settings" | "publisher" | "speech" | "onBug"> {
  readonly screen: Screen;
  readonly window: BrowserWindow;
  readonly places: WindowPlaces;
}

/** Where the window stands at first: the size alone where the machine has no display to stand on. */
export function firstBounds(screen: Screen, places: WindowPlaces, dock: Dock): Bounds | { readonly width: number; readonly height: number } {
  const displays = someDisplays(screen.getAllDisplays());
  if (displays === null) return { width: DEFAULT_WIDTH, height: DEFAULT_HEIGHT };
  return boundsAt(dock, rememberedPlace(places, displaySetKey(displays)), displays, screen.getCursorScreenPoint());
}

/**
 * Keeps the panel at its place: docked or floating as the settings say, remembered per set of displays, never out of reach.
 * What the person does to the window changes the place, and the setting where it docks or undocks. A window that is
 * maximised, full screen or minimised is left alone and finds its place when it is not any more.
 */
export function keepWindow({ platform, clock, settings, publisher, speech, onBug, screen, window, places }: WindowKeeperOptions): Disposable {
  let dock = settings.current().dock;
  let raised = settings.current().alwaysOnTop;
  /** The set of displays that `place` is for; null: there has been no display yet. */
  let set: string | null = null;
  let place: Place = FIRST_PLACE;
  /** Where it was put, and where it then really came to stand. */
  let wanted: Bounds = window.getBounds();
  let standing = wanted;
  let placedAt = Number.NEGATIVE_INFINITY;
  let echoMs = ECHO_MS;
  let retries = 0;
  /** Whether a notice stands. */
  let told = false;
  let cancelDisplays = (): void => {};

  const isApart = (): boolean => window.isMaximized() || window.isFullScreen() || window.isMinimized();

  /** Windows reckons an invisible border, by which a window is resized, among its bounds; at an edge it would be a gap. */
  const hiddenBorder = (): number =>
    platform === "win32" ? Math.max(0, Math.min(window.getContentBounds().x - window.getBounds().x - DRAWN_BORDER, MAX_HIDDEN_BORDER)) : 0;

  /** Takes up the place for the displays that there are now. */
  const lookUp = (displays: Displays): void => {
    const key = displaySetKey(displays);
    if (key === set) return;
    place = set === null ? rememberedPlace(places, key) : (places.find(key) ?? place);
    set = key;
  };

  const put = (displays: Displays): void => {
    const seen = boundsAt(dock, place, displays, middleOf(standing));
    wanted = dock === "floating" ? seen : withBorder(seen, hiddenBorder());
    placedAt = clock.monotonic();
    if (!isNear(window.getBounds(), wanted)) {
      window.setBounds(wanted);
      // Between displays of different scale the first call is reckoned with the scale of the display that is left.
      if (!sameBounds(window.getBounds(), wanted)) window.setBounds(wanted);
    }
    standing = window.getBounds();
    place = dock === "floating" ? { ...place, floating: place.floating ?? wanted } : { ...place, display: displayOf(wanted, displays).id };
    if (set !== null) places.remember(set, place);
  };

  /** Brings the window to its place; what moves it within `echo` ms is no person, where the system does not say. */
  const settleFor = (echo: number): void => {
    const displays = someDisplays(screen.getAllDisplays());
    if (window.isDestroyed() || displays === null || isApart()) return;
    retries = RETRIES;
    echoMs = echo;
    lookUp(displays);
    put(displays);
  };

  const settle = (): void => {
    settleFor(ECHO_MS);
  };

  const changeDock = async (next: Dock): Promise<void> => {
    dock = next;
    if (settings.current().dock === next) return;
    const changed = await settings.change({ dock: next });
    if (changed.ok) {
      if (told) publisher.publish({ kind: "notice-cleared", id: NOTICE_ID });
      told = false;
      return;
    }
    // What the settings page shows is what holds.
    dock = settings.current().dock;
    settle();
    told = true;
    publisher.publish({
      kind: "notice",
      notice: {
        id: NOTICE_ID,
        level: "warning",
        ...speech.words().changes.notDocked(changed.error.detail),
        since: clock.now(),
      },
    });
  };

  const follow = (act: Act, displays: Displays): void => {
    switch (act.kind) {
      case "none":
        return;
      case "widened":
        place = { ...place, width: dockedWidth(act.width - 2 * hiddenBorder(), displayOf(standing, displays).workArea) };
        break;
      case "docked":
        place = { ...place, display: act.display };
        changeDock(act.edge).catch(onBug);
        break;
      case "floated":
        place = { ...place, floating: fitted(act.bounds, displays) };
        changeDock("floating").catch(onBug);
        break;
      default:
        assertNever(act);
    }
    retries = RETRIES;
    echoMs = ECHO_MS;
    put(displays);
  };

  /** The window has come to rest somewhere. `lastMoveAt`: when it last moved, on the monotonic clock. */
  const onRest = (cause: Cause, lastMoveAt: number): void => {
    const displays = someDisplays(screen.getAllDisplays());
    if (window.isDestroyed() || displays === null || isApart()) return;
    // A display went and the system moved the window; that is told only afterwards.
    if (displaySetKey(displays) !== set) {
      onDisplays();
      return;
    }
    const now = window.getBounds();
    if (cause === "unknown" && lastMoveAt - placedAt < echoMs) {
      if (isNear(now, wanted) || retries === 0) {
        standing = now;
        return;
      }
      retries -= 1;
      put(displays);
      return;
    }
    follow(judgeAct({ before: standing, after: now, dock, displays, cause }), displays);
  };

  const moves = watchMoves({ window, platform, clock, onRest });

  const onDisplays = (): void => {
    cancelDisplays();
    cancelDisplays = clock.after(DISPLAYS_SETTLE_MS, () => {
      settleFor(DISPLAYS_ECHO_MS);
    });
  };

  const raise = (): void => {
    window.setAlwaysOnTop(raised, "floating");
    // An agent changes spaces between softphone and browser. Not over apps in full screen: for that macOS would take
    // the program out of the Dock and hide the window each time that the setting changes.
    if (platform === "darwin") window.setVisibleOnAllWorkspaces(raised, { visibleOnFullScreen: false, skipTransformProcessType: true });
  };

  const stopSettings = settings.onChange((next) => {
    if (window.isDestroyed()) return;
    if (next.alwaysOnTop !== raised) {
      raised = next.alwaysOnTop;
      raise();
    }
    if (next.dock === dock) return;
    dock = next.dock;
    // At the edge of the display on which the person sees it now.
    const displays = someDisplays(screen.getAllDisplays());
    if (dock !== "floating" && displays !== null) place = { ...place, display: displayOf(window.getBounds(), displays).id };
    settle();
  });

  const onHide = (): void => {
    moves.finish();
  };

  window.on("show", settle);
  window.on("restore", settle);
  window.on("unmaximize", settle);
  window.on("leave-full-screen", settle);
  window.on("hide", onHide);
  window.on("close", onHide);
  screen.on("display-added", onDisplays);
  screen.on("display-removed", onDisplays);
  screen.on("display-metrics-changed", onDisplays);
  if (raised) raise();
  settle();

  return {
    [Symbol.dispose]() {
      moves.finish();
      moves[Symbol.dispose]();
      cancelDisplays();
      stopSettings();
      screen.off("display-added", onDisplays);
      screen.off("display-removed", onDisplays);
      screen.off("display-metrics-changed", onDisplays);
      window.off("show", settle);
      window.off("restore", settle);
      window.off("unmaximize", settle);
      window.off("leave-full-screen", settle);
      window.off("hide", onHide);
      window.off("close", onHide);
    },
  };
}

/** The place that was remembered for these displays; elsewhere only the width goes along. */
function rememberedPlace(places: WindowPlaces, set: string): Place {
  return places.find(set) ?? { ...FIRST_PLACE, width: places.latest()?.width ?? DEFAULT_WIDTH };
}

/** There is no such border above. */
function withBorder({ x, y, width, height }: Bounds, border: number): Bounds {
  return { x: x - border, y, width: width + 2 * border, height: height + border };
}

function middleOf({ x, y, width, height }: Bounds): Point {
  return { x: x + Math.floor(width / 2), y: y + Math.floor(height / 2) };
}
