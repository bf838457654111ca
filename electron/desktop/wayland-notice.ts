import type { DesktopPorts } from "./desktop-ports.ts";

const NOTICE_ID = "wayland";

/**
 * Tells, where Wayland shows the windows, that what the settings say of the panel's place cannot hold: there no program
 * may place or raise a window of its own, and Electron's calls do nothing and say nothing. Only while the settings want such
 * a thing. A program that was made to use X11 all the same (`--ozone-platform=x11`) can.
 */
export function tellOfWayland({ electron, platform, env, settings, publisher, speech, clock }: Pick<DesktopPorts, "electron" | "platform" | "env" | "settings" | "publisher" | "speech" | "clock">): Disposable {
  if (!isWayland({ platform, env }) || electron.app.commandLine.getSwitchValue("ozone-platform") === "x11") return { [Symbol.dispose]() {} };
  let since: number | null = null;
  const follow = (): void => {
    const { dock, alwaysOnTop } = settings.current();
    if (dock !== "floating" || alwaysOnTop) {
      since ??= clock.now();
      publisher.publish({ kind: "notice", notice: { id: NOTICE_ID, level: "warning", ...speech.words().changes.wayland, since } });
    } else if (since !== null) {
      since = null;
      publisher.publish({ kind: "notice-cleared", id: NOTICE_ID });
    }
  };
  follow();
  const stops = [settings.onChange(follow), speech.onChange(follow)];
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}

/** Whether the person's session is one of Wayland's. */
export function isWayland({ platform, env }: Pick<DesktopPorts, "platform" | "env">): boolean {
  return platform === "linux" && (env["XDG_SESSION_TYPE"] === "wayland" || (env["WAYLAND_DISPLAY"] ?? "") !== "");
}
