import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { Notification, NotificationConstructorOptions } from "electron";
import type { FakeList } from "./only-members.ts";

/** A notification as the person has it before them. */
export interface StandInNotification {
  readonly options: NotificationConstructorOptions;
  /** Not shown yet, on screen, put aside by the system into its list, or gone. */
  state(): "new" | "shown" | "listed" | "gone";
  click(): void;
  /** The system takes it off the screen by itself. */
  putAside(): void;
  /** The system does not show it. */
  fail(reason: string): void;
}

/** The system's notifications. */
export interface StandInNotifications {
  readonly members: Pick<typeof Electron, "Notification">;
  /** Every one that was made, oldest first. */
  readonly all: readonly StandInNotification[];
  /** Those that can be seen, on screen or in the system's list. */
  visible(): readonly StandInNotification[];
  /** Whether the system has any. */
  supported: boolean;
}

export function createStandInNotifications(list: FakeList): StandInNotifications {
  const all: StandInNotification[] = [];

  function make(options: NotificationConstructorOptions): Notification {
    if (!self.supported) throw new Error("the system has no notifications");
    const events = new EventEmitter();
    let state: ReturnType<StandInNotification["state"]> = "new";
    const notification = list.fake<Notification, "on" | "show" | "close">("Notification", {
      on: ((event: string, fire: (...args: unknown[]) => void) => {
        events.on(event, fire);
        return notification;
      }) as Notification["on"],
      show() {
        state = "shown";
      },
      close() {
        if (state === "shown") events.emit("close", {});
        state = "gone";
      },
    });
    all.push({
      options,
      state: () => state,
      click() {
        if (state !== "shown" && state !== "listed") throw new Error("there is nothing to click");
        state = "gone";
        events.emit("click", {});
      },
      putAside() {
        state = "listed";
        events.emit("close", {});
      },
      fail(reason) {
        state = "gone";
        events.emit("failed", {}, reason);
      },
    });
    return notification;
  }

  const self: StandInNotifications = {
    // A function that is called with `new` and gives an object of its own, and has the static member that is asked for.
    members: { Notification: Object.assign(make, { isSupported: () => self.supported }) as unknown as typeof Electron.Notification },
    all,
    visible: () => all.filter((one) => one.state() === "shown" || one.state() === "listed"),
    supported: true,
  };
  return self;
}
