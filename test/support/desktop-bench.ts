import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { App, Notification, NotificationConstructorOptions } from "electron";
import type { DesktopSettings, DesktopView, Focus } from "../../shared/desktop.ts";
import type { Fault } from "../../shared/fault.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { err, ok } from "../../shared/result.ts";
import type { DesktopPorts, DesktopProgram, PanelWindow } from "../../electron/desktop/desktop-ports.ts";
import { createDesktopTeller } from "../../electron/desktop/desktop-teller.ts";
import { createCommands, type DispositionEvent } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { memoryDesktopSettings, sampleDesktopSettings, sampleProgram } from "./desktop-parts.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createFakeList } from "./only-members.ts";
import { sampleSettings } from "./sample-panel.ts";
import { createStandInLogin, type StandInLogin } from "./stand-in-login.ts";
import { createStandInPower } from "./stand-in-power.ts";
import { createStandInShortcuts, type StandInShortcuts } from "./stand-in-shortcuts.ts";
import { createStandInTray, type StandInTray } from "./stand-in-tray.ts";
import { quietPorts } from "./quiet-ports.ts";

/** The panel's window, without one. */
interface BenchWindow extends PanelWindow {
  /** What became of it, in order. */
  readonly done: string[];
  set(to: "hidden" | "in view" | "in front"): void;
}

/** What the parts of the desktop that need no page are made from, with everything around them in the test's hands. */
export interface DesktopBench {
  readonly ports: DesktopPorts;
  readonly clock: FakeClock;
  readonly window: BenchWindow;
  readonly app: EventEmitter;
  readonly powerMonitor: EventEmitter;
  readonly tray: StandInTray;
  readonly shortcuts: StandInShortcuts;
  readonly login: StandInLogin;
  /** Titles of notifications, in order; those that were taken back begin with `-`. */
  readonly notifications: readonly string[];
  readonly recorded: readonly DispositionEvent[];
  readonly retried: readonly string[];
  readonly installs: () => number;
  readonly focused: readonly Focus["target"][];
  readonly quits: () => number;
  readonly bugs: readonly unknown[];
  /** Set: every change of a setting is refused so. */
  refusal: Fault | null;
  history: () => null,
  practice: () => null,
  setup: () => null,
  viewing: string | null;
  notificationsSupported: boolean;
  publish(...updates: readonly PanelUpdate[]): void;
  state(): PanelState;
}

interface BenchOptions extends Partial<Pick<DesktopProgram, "env" | "files" | "onRecording">> {
  readonly platform?: DesktopView["platform"];
  readonly settings?: Partial<DesktopSettings>;
  readonly packaged?: boolean;
  readonly trayRefused?: boolean;
  readonly configFolder?: string;
}

export function createDesktopBench({ platform = "linux", settings = {}, packaged = true, trayRefused = false, configFolder, ...program }: BenchOptions = {}): DesktopBench {
  const list = createFakeList();
  const clock = createFakeClock();
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const app = new EventEmitter();
  const powerMonitor = new EventEmitter();
  const tray = createStandInTray(list, { refused: trayRefused });
  const shortcuts = createStandInShortcuts(list);
  const login = createStandInLogin(platform === "darwin" ? "darwin" : "win32", configFolder);
  const window = createBenchWindow();
  const notifications: string[] = [];
  const recorded: DispositionEvent[] = [];
  const retried: string[] = [];
  const focused: Focus["target"][] = [];
  const bugs: unknown[] = [];
  let installs = 0;
  let quits = 0;

  const commands = createCommands(quietPorts(publisher, {
    record: (event) => recorded.push(event),
    retryConnection: (name) => retried.push(name),
    updates: () => ({
      check: () => ok(null),
      install: () => {
        installs += 1;
        return ok(null);
      },
      later: () => ok(null),
    }),
    async changeSettings({ display }) {
      if (bench.refusal !== null) return err(bench.refusal);
      await Promise.resolve();
      const now = publisher.state().settings;
      publisher.publish({ kind: "settings", settings: { ...now, display: { ...now.display, ...(display as object) } } });
      return ok(null);
    },
  }));
  const memory = memoryDesktopSettings({ ...sampleDesktopSettings, ...settings });
  const made = sampleProgram({
    publisher,
    commands,
    dataFolder: "/absent",
    platform,
    clock,
    settings: { ...memory, change: async (patch) => (bench.refusal === null ? memory.change(patch) : err(bench.refusal)) },
    viewing: () => bench.viewing,
    onBug: (bug) => bugs.push(bug),
    ...program,
  });

  function openNotification({ title = "" }: NotificationConstructorOptions): Notification {
    return list.fake<Notification, "show" | "close">("Notification", {
      show: () => notifications.push(title),
      close: () => notifications.push(`-${title}`),
    });
  }
  const electron = list.fake<typeof Electron, "app" | "Notification" | "powerMonitor" | keyof StandInTray["members"] | keyof StandInShortcuts["members"]>("electron", {
    powerMonitor: createStandInPower(list, powerMonitor).monitor,
    ...tray.members,
    ...shortcuts.members,
    app: list.fake<App, "on" | "off" | "isPackaged" | keyof StandInLogin["members"]>("App", {
      ...login.members,
      isPackaged: packaged,
      on: ((event: string, fire: () => void) => app.on(event, fire)) as unknown as App["on"],
      off: ((event: string, fire: () => void) => app.off(event, fire)) as unknown as App["off"],
    }),
    // A function that is called with `new` and gives an object of its own.
    Notification: Object.assign(
      function Shown(options: NotificationConstructorOptions) {
        return openNotification(options);
      },
      { isSupported: () => bench.notificationsSupported },
    ) as unknown as typeof Notification,
  });

  const bench: DesktopBench = {
    ports: {
      ...made,
      electron,
      window,
      teller: createDesktopTeller(made),
      focus: (target) => focused.push(target),
      quit: () => {
        quits += 1;
      },
    },
    clock,
    window,
    app,
    powerMonitor,
    tray,
    shortcuts,
    login,
    notifications,
    recorded,
    retried,
    installs: () => installs,
    focused,
    quits: () => quits,
    bugs,
    refusal: null,
    history: () => null,
    practice: () => null,
    setup: () => null,
    viewing: null,
    notificationsSupported: true,
    publish: (...updates) => {
      for (const update of updates) publisher.publish(update);
    },
    state: () => publisher.state(),
  };
  return bench;
}

function createBenchWindow(): BenchWindow {
  const listeners = new Set<(inView: boolean) => void>();
  const done: string[] = [];
  let is: "hidden" | "in view" | "in front" = "in front";
  const set = (to: typeof is): void => {
    const was = is;
    is = to;
    if ((was === "hidden") !== (to === "hidden")) for (const listener of listeners) listener(to !== "hidden");
  };
  return {
    done,
    set,
    show() {
      done.push("show");
      set("in front");
    },
    hide() {
      done.push("hide");
      set("hidden");
    },
    isInView: () => is !== "hidden",
    isInFront: () => is === "in front",
    onView(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
