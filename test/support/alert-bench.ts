import { createSpeech } from "../../electron/words/speech.ts";
import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { App } from "electron";
import type { DesktopSettings, Focus } from "../../shared/desktop.ts";
import type { DesktopPorts, PanelWindow } from "../../electron/desktop/desktop-ports.ts";
import { createFocus } from "../../electron/desktop/focus.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { memoryDesktopSettings, sampleDesktopSettings } from "./desktop-parts.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createFakeList } from "./only-members.ts";
import { sampleSettings } from "./sample-panel.ts";
import { createStandInLinks, type StandInLinks } from "./stand-in-links.ts";
import { createStandInNotifications, type StandInNotifications } from "./stand-in-notification.ts";
import { createStandInPower, type StandInPower } from "./stand-in-power.ts";

/** What notifications, links and power are made from, on a fake clock and without a window that could be seen. */
export interface AlertBench {
  readonly ports: Pick<DesktopPorts, "electron" | "platform" | "clock" | "publisher" | "settings" | "window" | "focus" | "speech" | "log" | "wake" | "quit">;
  readonly clock: FakeClock;
  readonly publisher: Publisher;
  readonly notifications: StandInNotifications;
  readonly power: StandInPower;
  readonly powerEvents: EventEmitter;
  readonly appEvents: EventEmitter;
  readonly links: StandInLinks;
  /** Whether the panel is in view; changing it is told. */
  readonly view: (inView: boolean) => void;
  /** How often the panel was brought forward. */
  readonly shows: () => number;
  /** What was asked to be in front, oldest first. */
  readonly focused: readonly Focus["target"][];
  readonly logged: readonly string[];
  readonly calls: readonly ("wake" | "quit")[];
}

export function createAlertBench(desktop: Partial<DesktopSettings> = {}, { isPackaged = true } = {}): AlertBench {
  const list = createFakeList();
  const clock = createFakeClock();
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const notifications = createStandInNotifications(list);
  const powerEvents = new EventEmitter();
  const appEvents = new EventEmitter();
  const power = createStandInPower(list, powerEvents);
  const links = createStandInLinks();
  const app = list.fake<App, keyof StandInLinks["members"] | "isPackaged" | "on" | "off">("App", {
    ...links.members,
    isPackaged,
    on: ((event: string, fire: (...args: unknown[]) => void) => appEvents.on(event, fire)) as unknown as App["on"],
    off: ((event: string, fire: (...args: unknown[]) => void) => appEvents.off(event, fire)) as unknown as App["off"],
  });
  const viewListeners = new Set<(inView: boolean) => void>();
  let inView = false;
  let shows = 0;
  const view = (next: boolean): void => {
    inView = next;
    for (const listener of viewListeners) listener(next);
  };
  const window: PanelWindow = {
    show() {
      shows += 1;
      view(true);
    },
    hide() {
      view(false);
    },
    isInView: () => inView,
    isInFront: () => inView,
    onView(listener) {
      viewListeners.add(listener);
      return () => {
        viewListeners.delete(listener);
      };
    },
  };
  const focused: Focus["target"][] = [];
  const logged: string[] = [];
  const calls: ("wake" | "quit")[] = [];
  const focus = createFocus(publisher, window);
  return {
    ports: {
      electron: list.fake<typeof Electron, "app" | "Notification" | "powerMonitor">("electron", { ...notifications.members, app, powerMonitor: power.monitor }),
      platform: "linux",
      clock,
      publisher,
      settings: memoryDesktopSettings({ ...sampleDesktopSettings, ...desktop }),
      window,
      focus(target) {
        focused.push(target);
        focus(target);
      },
      log(_level, event, fields = {}) {
        logged.push(`${event} ${JSON.stringify(fields)}`);
      },
      speech: createSpeech(),
      wake: () => {
        calls.push("wake");
      },
      quit: () => {
        calls.push("quit");
      },
    },
    clock,
    publisher,
    notifications,
    power,
    powerEvents,
    appEvents,
    links,
    view,
    shows: () => shows,
    focused,
    logged,
    calls,
  };
}
