import type { DesktopPorts } from "./desktop-ports.ts";

const NOTICE_ID = "wayland";

/**
 * Tells, where Wayland shows the windows, that what the settings say of the panel's place cannot hold: there no program
 * may place or raise a window of its own, and Electron's calls do nothing and say nothing. Only while the settings want such
 * a thing. A program that was made to use X11 all the same (`--ozone-platform=x11`) can.
 */
export function tellOfWayland({ electron, platform, env, settings, publisher, clock }: Pick<DesktopPorts, "electron" | "platform" | "env" | "settings" | "publisher" | "clock">): Disposable {
  if (!isWayland({ platform, env }) || electron.app.commandLine.getSwitchValue("ozone-platform") === "x11") return { [Symbol.dispose]() {} };
  let told = false;
  const follow = (): void => {
    const { dock, alwaysOnTop } = settings.current();
    const wanted = dock !== "floating" || alwaysOnTop;
    if (wanted === told) return;
    told = wanted;
    if (!wanted) {
      publisher.publish({ kind: "notice-cleared", id: NOTICE_ID });
      return;
    }
    publisher.publish({
      kind: "notice",
      notice: {
        id: NOTICE_ID,
        level: "warning",
        what: "This desktop (Wayland) lets no program place its own window.",
        effect: "The panel is not docked, not kept on top and not put back where it was. Everything else works.",
        remedy: "Place it by hand, and choose Floating and no Always on top in the settings; or log in to an X11 session; or ask your IT to start Callside with --ozone-platform=x11.",
        since: clock.now(),
      },
    });
  };
  follow();
  const stop = settings.onChange(follow);
  return {
    [Symbol.dispose]() {
      stop();
    },
  };
}

/** Whether the person's session is one of Wayland's. */
export function isWayland({ platform, env }: Pick<DesktopPorts, "platform" | "env">): boolean {
  return platform === "linux" && (env["XDG_SESSION_TYPE"] === "wayland" || (env["WAYLAND_DISPLAY"] ?? "") !== "");
}
