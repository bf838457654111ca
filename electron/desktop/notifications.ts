import type { Notification } from "electron";
import { APP_ID } from "./app-id.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import { freshAlert, mayAlert, stillHolds, type Alert } from "./notify-when.ts";

/** How often what is on screen is looked at for its age, while something is. */
const LOOK_MS = 1_000;

type NotificationPorts = Pick<DesktopPorts, "electron" | "platform" | "clock" | "publisher" | "settings" | "window" | "focus" | "speech" | "log">;

/**
 * Tells a suggestion by the system while the panel is out of view: the newest only, without a sound, and withdrawn as
 * soon as it is of no use any more or the machine is locked. A system that has no notifications gets none.
 */
export function createNotifications(ports: NotificationPorts): Disposable {
  const { electron, platform, clock, publisher, settings, window, focus, speech, log } = ports;
  const { app, powerMonitor } = electron;
  if (platform === "win32") app.setAppUserModelId(APP_ID);
  if (!electron.Notification.isSupported()) return { [Symbol.dispose]() {} };

  let before = publisher.snapshot().state;
  let locked = false;
  /** What was told last. Kept when the system has put it aside: it may still stand in a list, to be withdrawn from there. */
  let told: { readonly alert: Alert; readonly notification: Notification } | null = null;
  let stopLooking = (): void => {};

  const may = (): boolean =>
    mayAlert(publisher.state(), {
      inView: window.isInView(),
      // Linux tells of no locking, but says whether it is locked.
      locked: locked || powerMonitor.getSystemIdleState(1) === "locked",
      wanted: settings.current().notifications,
    });

  const withdraw = (): void => {
    stopLooking();
    stopLooking = () => {};
    told?.notification.close();
    told = null;
  };
  const withdrawUnfit = (): void => {
    if (told !== null && !(may() && stillHolds(publisher.state(), told.alert, clock.now()))) withdraw();
  };
  const look = (): void => {
    withdrawUnfit();
    if (told !== null) stopLooking = clock.after(LOOK_MS, look);
  };

  const tell = (alert: Alert): void => {
    withdraw();
    const notification = new electron.Notification({ title: alert.title, body: alert.body, silent: true });
    notification.on("click", () => {
      // One of before, that the system had kept, still leads to its interaction.
      focus({ kind: "interaction", interactionId: alert.interactionId });
    });
    notification.on("failed", (_event, reason) => {
      log("warn", "notification refused by the system", { reason });
      if (told?.notification === notification) withdraw();
    });
    told = { alert, notification };
    notification.show();
    stopLooking = clock.after(LOOK_MS, look);
  };

  const onLock = (): void => {
    locked = true;
    withdraw();
  };
  const onUnlock = (): void => {
    locked = false;
  };
  powerMonitor.on("lock-screen", onLock);
  powerMonitor.on("unlock-screen", onUnlock);
  const stops = [
    publisher.subscribe(({ updates }) => {
      // The state of this very push: what was published since comes with the next one.
      const after = publisher.snapshot().state;
      const alert = freshAlert(before, after, updates, clock.now(), speech.words().alerts);
      before = after;
      withdrawUnfit();
      if (alert !== null && may()) tell(alert);
    }),
    window.onView(withdrawUnfit),
    settings.onChange(withdrawUnfit),
  ];
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
      powerMonitor.off("lock-screen", onLock);
      powerMonitor.off("unlock-screen", onUnlock);
      withdraw();
    },
  };
}
