import { afterEach, describe, expect, it } from "vitest";
import { createShortcutActions } from "../../electron/desktop/shortcut-actions.ts";
import { createShortcuts } from "../../electron/desktop/shortcuts.ts";
import type { ShortcutState } from "../../shared/desktop.ts";
import { createDesktopBench, type DesktopBench } from "../support/desktop-bench.ts";
import { openInteraction, sampleSet } from "../support/sample-panel.ts";

const F7 = "CommandOrControl+Shift+F7";
const F8 = "CommandOrControl+Shift+F8";
const F9 = "CommandOrControl+Shift+F9";
const shown = { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: true } as const;

let closing = new DisposableStack();

function open(bench: DesktopBench = createDesktopBench()): DesktopBench {
  const actions = closing.use(createShortcutActions(bench.ports));
  closing.use(createShortcuts(bench.ports, actions));
  return bench;
}

const states = (bench: DesktopBench): readonly (ShortcutState | undefined)[] => {
  const told = bench.state().desktop?.shortcuts;
  return [told?.show, told?.copyFirst, told?.quiet];
};

afterEach(() => {
  closing.dispose();
  closing = new DisposableStack();
});

describe("global shortcuts", () => {
  it("are held as the settings say, and told", () => {
    const bench = open();
    expect(bench.shortcuts.held()).toEqual([F7, F8, F9]);
    expect(states(bench)).toEqual(["works", "works", "works"]);
  });

  it("follow a change, also where two change places, and leave the others as they are", async () => {
    const bench = open();
    await bench.ports.settings.change({ shortcuts: { show: F8, copyFirst: F7, quiet: F9 } });
    expect([bench.shortcuts.held().toSorted(), bench.shortcuts.asked()]).toEqual([[F7, F8, F9], 5]);
    bench.shortcuts.press(F8);
    await bench.clock.advance(0);
    expect(bench.window.done).toEqual(["hide"]);
    await bench.ports.settings.change({ shortcuts: { show: null, copyFirst: F7, quiet: "Alt+Space" } });
    expect(bench.shortcuts.held()).toEqual([F7, "Alt+Space"]);
    expect(states(bench)).toEqual(["off", "works", "works"]);
    await bench.ports.settings.change({ dock: "left" });
    expect(bench.shortcuts.asked()).toBe(6);
  });

  it("let go of their keys while a field records, so that it can hear them, and take them back", async () => {
    let tell: (recording: boolean) => void = () => {};
    const bench = createDesktopBench({ onRecording: (listener) => {
        tell = listener;
        return () => {};
      },
    });
    open(bench);
    tell(true);
    expect(bench.shortcuts.held()).toEqual([]);
    await bench.ports.settings.change({ shortcuts: { show: F8, copyFirst: F7, quiet: F9 } });
    expect(bench.shortcuts.held()).toEqual([]);
    tell(false);
    expect(bench.shortcuts.held().toSorted()).toEqual([F7, F8, F9]);
    expect(states(bench)).toEqual(["works", "works", "works"]);
  });

  it("come back by themselves where the recording field was left: by another window in front, or after half a minute", async () => {
    let tell: (recording: boolean) => void = () => {};
    const bench = createDesktopBench({ onRecording: (listener) => {
        tell = listener;
        return () => {};
      },
    });
    open(bench);
    tell(true);
    bench.app.emit("browser-window-blur");
    expect(bench.shortcuts.held()).toHaveLength(3);
    tell(true);
    await bench.clock.advance(30_000);
    expect(bench.shortcuts.held()).toHaveLength(3);
    tell(false);
    expect(bench.shortcuts.held()).toHaveLength(3);
  });

  it("that another program holds are told, and tried again each minute until they are free", async () => {
    const bench = createDesktopBench();
    bench.shortcuts.taken.add(F8);
    open(bench);
    expect(states(bench)).toEqual(["works", "taken", "works"]);
    await bench.clock.advance(60_000);
    expect([bench.shortcuts.asked(), states(bench)[1]]).toEqual([4, "taken"]);
    bench.shortcuts.taken.clear();
    await bench.clock.advance(60_000);
    expect([bench.shortcuts.asked(), states(bench)]).toEqual([5, ["works", "works", "works"]]);
    await bench.clock.advance(600_000);
    expect([bench.shortcuts.asked(), bench.clock.pending()]).toEqual([5, 0]);
  });

  it("that are taken are tried again when the panel comes forward, the others not", () => {
    const bench = createDesktopBench();
    bench.shortcuts.taken.add(F7);
    open(bench);
    bench.shortcuts.taken.clear();
    bench.app.emit("browser-window-focus");
    expect([bench.shortcuts.asked(), states(bench)]).toEqual([4, ["works", "works", "works"]]);
    bench.app.emit("browser-window-focus");
    expect(bench.shortcuts.asked()).toBe(4);
  });

  it("of ours that are the same clash, however they are written: the first keeps them", async () => {
    const bench = open();
    await bench.ports.settings.change({ shortcuts: { show: "Control+Shift+A", copyFirst: "Shift+CommandOrControl+A", quiet: "Control+Shift+A" } });
    expect([bench.shortcuts.held(), states(bench)]).toEqual([["Control+Shift+A"], ["works", "clash", "clash"]]);
    await bench.ports.settings.change({ shortcuts: { show: null, copyFirst: "Shift+CommandOrControl+A", quiet: "Control+Shift+A" } });
    expect([bench.shortcuts.held(), states(bench)]).toEqual([["Shift+CommandOrControl+A"], ["off", "works", "clash"]]);
  });

  it("take keys over from a later one of ours in one step", async () => {
    const bench = open();
    await bench.ports.settings.change({ shortcuts: { show: F9, copyFirst: F8, quiet: F9 } });
    expect([bench.shortcuts.held().toSorted(), states(bench)]).toEqual([[F8, F9], ["works", "works", "clash"]]);
    bench.shortcuts.press(F9);
    await bench.clock.advance(0);
    expect(bench.window.done).toEqual(["hide"]);
  });

  it("do not clash on macOS where Control is not the command key", async () => {
    const bench = open(createDesktopBench({ platform: "darwin" }));
    await bench.ports.settings.change({ shortcuts: { show: "Control+A", copyFirst: "CommandOrControl+A", quiet: "Super+A" } });
    expect(states(bench)).toEqual(["works", "works", "clash"]);
  });

  it.each(["throws", "pretends"] as const)("are refused where the system has none (%s), and not tried again", async (answer) => {
    const bench = createDesktopBench();
    bench.shortcuts.answer = answer;
    open(bench);
    expect([states(bench), bench.shortcuts.asked()]).toEqual([["refused", "refused", "refused"], 3]);
    await bench.clock.advance(300_000);
    bench.app.emit("browser-window-focus");
    expect([bench.shortcuts.asked(), bench.bugs]).toEqual([3, []]);
  });

  it.each([{ XDG_SESSION_TYPE: "wayland" }, { WAYLAND_DISPLAY: "wayland-0" }])("are refused, not taken, by a Wayland desktop (%j)", (env) => {
    const bench = createDesktopBench({ env });
    bench.shortcuts.taken.add(F7);
    open(bench);
    expect(states(bench)).toEqual(["refused", "works", "works"]);
  });

  it("are let go at the end", async () => {
    const bench = createDesktopBench();
    bench.shortcuts.taken.add(F7);
    open(bench);
    closing.dispose();
    expect([bench.shortcuts.held(), bench.clock.pending(), bench.app.eventNames()]).toEqual([[], 0, []]);
    await bench.ports.settings.change({ shortcuts: { show: F8, copyFirst: null, quiet: null } });
    expect(bench.shortcuts.held()).toEqual([]);
  });
});

describe("show or hide", () => {
  it("hides a panel that is in front, and brings forward any other", async () => {
    const bench = open();
    for (const from of ["in front", "in view", "hidden"] as const) {
      bench.window.set(from);
      bench.shortcuts.press(F7);
      await bench.clock.advance(0);
    }
    expect(bench.window.done).toEqual(["hide", "show", "show"]);
  });
});

describe("copy the first suggestion", () => {
  function suggest(bench: DesktopBench, text: string): void {
    const set = sampleSet("a", "s", ["x"], { at: bench.clock.now() });
    bench.publish(openInteraction("a"), { kind: "set", set: { ...set, suggestions: set.suggestions.map((one) => ({ ...one, text })) }, cards: { x: shown }, tunnelMs: null });
  }

  const press = async (bench: DesktopBench): Promise<void> => {
    bench.shortcuts.press(F8);
    await bench.clock.advance(0);
  };

  it("puts its text on the clipboard and tells the panel and the history", async () => {
    const bench = open();
    suggest(bench, "Offer a refund.");
    await press(bench);
    expect(bench.shortcuts.clipboard()).toBe("Offer a refund.");
    expect(bench.state().interactions[0]?.sets[0]?.cards["x"]?.copied).toBe(true);
    expect(bench.recorded).toMatchObject([{ interactionId: "a", suggestionId: "x", disposition: "copied", undone: false }]);
    expect(bench.notifications).toEqual([]);
  });

  it("takes that of the interaction in front, and never another customer's", async () => {
    const bench = open();
    suggest(bench, "Offer a refund.");
    bench.publish(openInteraction("b"));
    bench.viewing = "b";
    await press(bench);
    expect([bench.shortcuts.clipboard(), bench.recorded]).toEqual(["", []]);
    bench.viewing = "a";
    await press(bench);
    expect(bench.shortcuts.clipboard()).toBe("Offer a refund.");
  });

  it("says so while the panel is hidden, in one line and no more than 60 characters as a person counts", async () => {
    const bench = open();
    bench.window.set("hidden");
    suggest(bench, "Offer\n a  refund.");
    await press(bench);
    suggest(bench, "👩‍👩‍👧‍👦".repeat(61));
    await press(bench);
    expect(bench.notifications).toEqual(["Copied: Offer a refund.", "-Copied: Offer a refund.", `Copied: ${"👩‍👩‍👧‍👦".repeat(59)}…`]);
  });

  it.each(["after four seconds", "when the screen is locked"])("takes back what it said, %s, so that no lock screen shows it", async (when) => {
    const bench = open();
    bench.window.set("hidden");
    suggest(bench, "Offer Ms Brandt a refund.");
    await press(bench);
    await bench.clock.advance(3_000);
    expect(bench.notifications).toEqual(["Copied: Offer Ms Brandt a refund."]);
    if (when === "when the screen is locked") bench.powerMonitor.emit("lock-screen");
    else await bench.clock.advance(1_000);
    expect(bench.notifications).toEqual(["Copied: Offer Ms Brandt a refund.", "-Copied: Offer Ms Brandt a refund."]);
    closing.dispose();
    expect([bench.notifications.length, bench.clock.pending(), bench.powerMonitor.eventNames()]).toEqual([2, 0, []]);
  });

  it("says while hidden that there is nothing, and leaves the clipboard alone", async () => {
    const bench = open();
    await press(bench);
    bench.window.set("hidden");
    await press(bench);
    expect([bench.notifications, bench.shortcuts.clipboard(), bench.recorded]).toEqual([["No suggestion to copy"], "", []]);
  });

  it("records nothing where the clipboard cannot be had", async () => {
    const bench = open();
    bench.shortcuts.clipboardFails = true;
    bench.window.set("hidden");
    suggest(bench, "Offer a refund.");
    await press(bench);
    expect([bench.notifications, bench.recorded, bench.bugs]).toEqual([["The suggestion could not be copied"], [], []]);
  });

  it("does its work without notifications where the system has none", async () => {
    const bench = open();
    bench.notificationsSupported = false;
    bench.window.set("hidden");
    suggest(bench, "Offer a refund.");
    await press(bench);
    expect([bench.shortcuts.clipboard(), bench.notifications, bench.bugs]).toEqual(["Offer a refund.", [], []]);
  });

  it("takes its notification back at the end", async () => {
    const bench = open();
    bench.window.set("hidden");
    await press(bench);
    closing.dispose();
    expect(bench.notifications).toEqual(["No suggestion to copy", "-No suggestion to copy"]);
  });
});

describe("quiet mode", () => {
  it("goes on and off; pressed twice at once it is as before", async () => {
    const bench = open();
    bench.shortcuts.press(F9);
    await bench.clock.advance(0);
    expect(bench.state().settings.display.quiet).toBe(true);
    bench.shortcuts.press(F9);
    bench.shortcuts.press(F9);
    await bench.clock.advance(0);
    expect(bench.state().settings.display.quiet).toBe(true);
    expect(bench.notifications).toEqual([]);
  });

  it("is told while the panel is hidden", async () => {
    const bench = open();
    bench.window.set("hidden");
    bench.shortcuts.press(F9);
    await bench.clock.advance(0);
    expect(bench.notifications).toEqual(["Quiet mode is on"]);
  });

  it("that cannot be changed says why on the panel", async () => {
    const bench = open();
    bench.window.set("hidden");
    bench.refusal = { kind: "policy", code: "not-allowed", detail: "panel.quiet is set by a flag" };
    bench.shortcuts.press(F9);
    await bench.clock.advance(0);
    expect(bench.state().settings.display.quiet).toBe(false);
    expect(bench.notifications).toEqual(["Quiet mode could not be changed"]);
    expect(bench.state().notices).toMatchObject([{ what: "Quiet mode: This is not allowed here.", effect: expect.stringContaining("set by a flag") }]);
  });
});
