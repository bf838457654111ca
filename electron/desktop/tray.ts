import { isDeepStrictEqual } from "node:util";
import type { MenuItemConstructorOptions, Tray } from "electron";
import { assertNever } from "../../shared/assert-never.ts";
import { connectionNameSchema, type ConnectionName } from "../../shared/connection.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { carryOut } from "./desktop-change.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import { trayImage, trayLook } from "./tray-icon.ts";
import { trayMenu, type TrayAction, type TrayLine } from "./tray-menu.ts";
import { trayTooltip, trayWords } from "./tray-words.ts";

/** A menu that changes under the pointer is no menu: at most twice a second. */
const REDRAW_MS = 500;

/** The icon beside the clock. Disposing takes it away. */
export interface DesktopTray extends Disposable {
  /** Whether there is one: some Linux desktops have no place for it, and a window that is hidden then could not be brought back. */
  hasTray(): boolean;
}

/** What the tray shows now; drawn only where it differs from what it showed before. */
interface Drawn {
  readonly icon: string;
  readonly tooltip: string;
  readonly menu: readonly TrayLine[];
}

/**
 * Shows the state in the tray, in words and as one of three icons, with the quick actions. A press shows or hides the
 * panel and the other button opens the menu; on macOS any press opens the menu, as is usual there, and so it does on those
 * Linux desktops that do not hand a press on. Where the system refuses the icon the program goes on without.
 */
export function createTray(ports: DesktopPorts): DesktopTray {
  const { electron, platform, env, clock, publisher, window, settings, speech } = ports;
  const { nativeTheme } = electron;
  const tray = placeTray(ports);
  if (tray === null) return { hasTray: () => false, [Symbol.dispose]() {} };

  let drawn: Drawn | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | null = null;
  let stopped = false;

  const draw = (): void => {
    stopTimer?.();
    stopTimer = null;
    drawnAt = clock.monotonic();
    const state = publisher.state();
    const catalogue = speech.words();
    const words = trayWords(state, catalogue.standing);
    const look = trayLook(nativeTheme, platform, env);
    const next: Drawn = {
      icon: `${look} ${words.tone}`,
      tooltip: trayTooltip(words),
      menu: trayMenu({
        line: words.line,
        inView: window.isInView(),
        quiet: state.settings.display.quiet,
        settings: settings.current(),
        canReconnect: reconnectable(state).length > 0,
        update: state.desktop?.update ?? { kind: "idle", checkedAt: null },
      }, catalogue.menu),
    };
    if (drawn?.icon !== next.icon) tray.setImage(trayImage(electron, look, words.tone));
    if (drawn?.tooltip !== next.tooltip) tray.setToolTip(next.tooltip);
    if (!isDeepStrictEqual(drawn?.menu, next.menu)) tray.setContextMenu(electron.Menu.buildFromTemplate(next.menu.map((line) => menuItem(line, act))));
    drawn = next;
  };

  const drawSoon = (): void => {
    stopTimer ??= clock.after(Math.max(0, drawnAt + REDRAW_MS - clock.monotonic()), draw);
  };

  const act = (action: TrayAction): void => {
    follow(action).catch(ports.onBug);
  };

  const follow = async (action: TrayAction): Promise<void> => {
    const done = await perform(ports, action);
    // The system has ticked the item by itself: it has to be drawn as it stands.
    if (done || stopped || drawn === null) return;
    drawn = { ...drawn, menu: [] };
    drawSoon();
  };

  const onClick = (): void => {
    if (window.isInView()) window.hide();
    else window.show();
  };
  if (platform !== "darwin") tray.on("click", onClick);
  nativeTheme.on("updated", drawSoon);
  const stops = [publisher.subscribe(drawSoon), settings.onChange(drawSoon), window.onView(drawSoon), speech.onChange(drawSoon)];
  draw();

  return {
    hasTray: () => !stopped,
    [Symbol.dispose]() {
      stopped = true;
      stopTimer?.();
      stopTimer = null;
      for (const stop of stops) stop();
      nativeTheme.off("updated", drawSoon);
      tray.destroy();
    },
  };
}

function placeTray({ electron, platform, env, publisher }: DesktopPorts): Tray | null {
  const image = trayImage(electron, trayLook(electron.nativeTheme, platform, env), trayWords(publisher.state()).tone);
  try {
    return new electron.Tray(image);
  } catch {
    return null;
  }
}

/** Does what a line of the menu says; gives whether it came to pass. */
async function perform(ports: DesktopPorts, action: TrayAction): Promise<boolean> {
  const { commands, settings, window, publisher } = ports;
  switch (action.kind) {
    case "show":
      window.show();
      return true;
    case "hide":
      window.hide();
      return true;
    case "health":
      ports.focus({ kind: "health" });
      return true;
    case "quit":
      ports.quit();
      return true;
    case "quiet":
      return carryOut(ports, { change: "quiet", run: () => commands("settings.change", { display: { quiet: action.on } }) });
    case "always-on-top":
      return carryOut(ports, { change: "alwaysOnTop", run: () => settings.change({ alwaysOnTop: action.on }) });
    case "dock":
      return carryOut(ports, { change: "dock", run: () => settings.change({ dock: action.dock }) });
    case "install":
      return carryOut(ports, { change: "update", run: () => commands("updates.install", {}) });
    case "reconnect": {
      const names = reconnectable(publisher.state());
      const done = await Promise.all(names.map((name) => carryOut(ports, { change: name, run: () => commands("connection.retry", { name }) })));
      return done.every(Boolean);
    }
    default:
      return assertNever(action);
  }
}

/** The connections that are meant to stand. */
function reconnectable({ connections }: PanelState): readonly ConnectionName[] {
  return connectionNameSchema.options.filter((name) => (connections[name]?.state.kind ?? "idle") !== "idle");
}

function menuItem(line: TrayLine, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (line.kind) {
    case "separator":
      return { type: "separator" };
    case "words":
      return { label: plain(line.label), enabled: false };
    case "action":
      return {
        label: plain(line.label),
        enabled: line.enabled,
        click: () => {
          act(line.action);
        },
      };
    case "check":
      return {
        type: "checkbox",
        label: plain(line.label),
        checked: line.checked,
        click: () => {
          act(line.action);
        },
      };
    case "choice":
      return {
        label: plain(line.label),
        submenu: line.options.map(({ label, chosen, action }) => ({
          type: "radio",
          label: plain(label),
          checked: chosen,
          click: () => {
            act(action);
          },
        })),
      };
    default:
      return assertNever(line);
  }
}

/** A single ampersand would underline the letter after it. */
function plain(label: string): string {
  return label.replaceAll("&", "&&");
}
