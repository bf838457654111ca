import { EventEmitter } from "node:events";
import type { Display, Point, Screen } from "electron";
import type { DisplayFacts } from "../../electron/desktop/window-displays.ts";
import type { FakeList } from "./only-members.ts";

/** The displays of a machine, as main sees them and as the person at it changes them. */
export interface StandInScreen {
  readonly screen: Screen;
  readonly events: EventEmitter;
  cursor: Point;
  /** Plugs displays in and out; `event` is what the system calls it. */
  change(displays: readonly DisplayFacts[], event?: "display-added" | "display-removed" | "display-metrics-changed"): void;
}

/** A display with a task bar of 40 px below. */
export function sampleDisplay(id: number, x: number, y: number, width: number, height: number, scaleFactor = 1): DisplayFacts {
  return { id, bounds: { x, y, width, height }, workArea: { x, y, width, height: height - 40 }, scaleFactor };
}

/** One of 1920 x 1080, and the cursor on it. */
export function createStandInScreen(list: FakeList, first: readonly DisplayFacts[] = [sampleDisplay(1, 0, 0, 1920, 1080)]): StandInScreen {
  const events = new EventEmitter();
  let displays = first;
  const standIn: StandInScreen = {
    events,
    cursor: { x: 100, y: 100 },
    change(next, event = "display-metrics-changed") {
      displays = next;
      events.emit(event);
    },
    screen: list.fake<Screen, "on" | "off" | "getAllDisplays" | "getCursorScreenPoint">("Screen", {
      on: ((event: string, listener: () => void) => events.on(event, listener)) as unknown as Screen["on"],
      off: ((event: string, listener: () => void) => events.off(event, listener)) as unknown as Screen["off"],
      getAllDisplays: () =>
        displays.map(({ id, bounds, workArea, scaleFactor }) => list.fake<Display, keyof DisplayFacts>("Display", { id, bounds, workArea, scaleFactor })),
      getCursorScreenPoint: () => standIn.cursor,
    }),
  };
  return standIn;
}
