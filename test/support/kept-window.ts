import { createSpeech } from "../../electron/words/speech.ts";
import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import type { DesktopPatch, DesktopSettings } from "../../shared/desktop.ts";
import type { Fault } from "../../shared/fault.ts";
import { err } from "../../shared/result.ts";
import type { DesktopProgram, DesktopSettingsPort } from "../../electron/desktop/desktop-ports.ts";
import type { DisplayFacts } from "../../electron/desktop/window-displays.ts";
import { firstBounds, keepWindow } from "../../electron/desktop/window-keeper.ts";
import { openWindowPlaces, type WindowPlaces } from "../../electron/desktop/window-places.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { memoryDesktopSettings, sampleDesktopSettings } from "./desktop-parts.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createFakeList } from "./only-members.ts";
import { sampleSettings } from "./sample-panel.ts";
import { createStandInBounds, type BoundsMember, type StandInBounds } from "./stand-in-bounds.ts";
import { createStandInScreen, type StandInScreen } from "./stand-in-screen.ts";

/** A window without a page, kept at its place by our own code. */
export interface KeptWindow extends AsyncDisposable {
  readonly window: BrowserWindow;
  readonly events: EventEmitter;
  readonly place: StandInBounds;
  readonly screen: StandInScreen;
  readonly clock: FakeClock;
  readonly places: WindowPlaces;
  readonly settings: DesktopSettingsPort;
  /** The changes of settings that were asked for. */
  readonly patches: readonly DesktopPatch[];
  /** From now on every change of a setting is refused. */
  lock(fault: Fault | null): void;
  notices(): readonly string[];
}

export interface KeptWindowOptions {
  readonly folder: string;
  readonly platform?: DesktopProgram["platform"];
  readonly settings?: Partial<DesktopSettings>;
  readonly displays?: readonly DisplayFacts[];
  readonly cursor?: { readonly x: number; readonly y: number };
}

export async function openKeptWindow({ folder, platform = "linux", settings: given = {}, displays, cursor }: KeptWindowOptions): Promise<KeptWindow> {
  const list = createFakeList();
  const clock = createFakeClock();
  const screen = createStandInScreen(list, displays);
  if (cursor !== undefined) screen.cursor = cursor;
  const patches: DesktopPatch[] = [];
  let locked: Fault | null = null;
  const memory = memoryDesktopSettings({ ...sampleDesktopSettings, ...given });
  const settings: DesktopSettingsPort = {
    ...memory,
    change(patch) {
      patches.push(patch);
      return locked === null ? memory.change(patch) : Promise.resolve(err(locked));
    },
  };
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const places = await openWindowPlaces({ files: nodeFiles, folder, clock });
  const events = new EventEmitter();
  const place = createStandInBounds(events, firstBounds(screen.screen, places, settings.current().dock), platform);
  let minimized = false;
  let destroyed = false;
  events.on("minimize", () => (minimized = true));
  const window = list.fake<BrowserWindow, BoundsMember | "on" | "once" | "isDestroyed" | "isMinimized" | "hide" | "show" | "restore" | "destroy">("BrowserWindow", {
    ...place.members,
    on: ((event: string, listener: () => void) => events.on(event, listener)) as unknown as BrowserWindow["on"],
    once: ((event: string, listener: () => void) => events.once(event, listener)) as unknown as BrowserWindow["once"],
    isDestroyed: () => destroyed,
    isMinimized: () => minimized,
    hide() {
      events.emit("hide");
    },
    show() {
      events.emit("show");
    },
    restore() {
      minimized = false;
      events.emit("restore");
    },
    destroy() {
      destroyed = true;
      events.emit("closed");
    },
  });
  const keeper = keepWindow({
    platform,
    clock,
    settings,
    publisher,
    speech: createSpeech(),
    screen: screen.screen,
    window,
    places,
    onBug: (bug) => {
      throw bug;
    },
  });
  return {
    window,
    events,
    place,
    screen,
    clock,
    places,
    settings,
    patches,
    lock(fault) {
      locked = fault;
    },
    notices: () => publisher.state().notices.map(({ what, remedy }) => `${what} ${remedy}`),
    async [Symbol.asyncDispose]() {
      keeper[Symbol.dispose]();
      await places[Symbol.asyncDispose]();
    },
  };
}
