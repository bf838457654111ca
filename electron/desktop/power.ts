import type { DesktopPorts } from "./desktop-ports.ts";

/** Wakes the connections when the machine wakes or is unlocked. */
export function watchPower({ electron, wake }: Pick<DesktopPorts, "electron" | "wake">): Disposable {
  const { powerMonitor } = electron;
  powerMonitor.on("resume", wake);
  powerMonitor.on("unlock-screen", wake);
  return {
    [Symbol.dispose]() {
      powerMonitor.off("resume", wake);
      powerMonitor.off("unlock-screen", wake);
    },
  };
}
