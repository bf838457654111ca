import type { DesktopPorts } from "./desktop-ports.ts";

/**
 * What the machine does with its power: it wakes or is unlocked, upon which new connections are made; it is switched off
 * (macOS and Linux), upon which the program ends in order. Nothing is closed before sleep: there is no time in which it
 * would surely happen, and a connection that was closed half is worse than one that is given up after the waking.
 */
export function watchPower({ electron, wake, quit, log }: Pick<DesktopPorts, "electron" | "wake" | "quit" | "log">): Disposable {
  const { powerMonitor } = electron;
  const onSuspend = (): void => {
    log("info", "the machine goes to sleep");
  };
  const onResume = (): void => {
    log("info", "the machine woke up");
    wake();
  };
  const onShutdown = (event?: { preventDefault(): void }): void => {
    // The system waits for the program to end, within limits of its own.
    event?.preventDefault();
    quit();
  };
  powerMonitor.on("suspend", onSuspend);
  powerMonitor.on("resume", onResume);
  powerMonitor.on("unlock-screen", wake);
  powerMonitor.on("shutdown", onShutdown);
  return {
    [Symbol.dispose]() {
      powerMonitor.off("suspend", onSuspend);
      powerMonitor.off("resume", onResume);
      powerMonitor.off("unlock-screen", wake);
      powerMonitor.off("shutdown", onShutdown);
    },
  };
}
