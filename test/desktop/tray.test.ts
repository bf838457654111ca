import { afterEach, describe, expect, it } from "vitest";
import { trayIcons } from "../../electron/desktop/icons.ts";
import { createTray, type DesktopTray } from "../../electron/desktop/tray.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { createDesktopBench, type DesktopBench } from "../support/desktop-bench.ts";
import { openInteraction, say } from "../support/sample-panel.ts";
import type { StandInTrayIcon } from "../support/stand-in-tray.ts";

const connected: PanelUpdate = { kind: "connection", name: "stream", state: { kind: "connected", since: 0 }, lastHeardAt: null };
const refused: PanelUpdate = { kind: "connection", name: "stream", state: { kind: "rejected", since: 0, fault: { kind: "refused", code: "credentials", detail: "" } }, lastHeardAt: null };
const locked = { kind: "policy", code: "not-allowed", detail: "desktop.dock is set by a flag" } as const;

let opened: DesktopTray | null = null;

function open(options: Parameters<typeof createDesktopBench>[0] = {}, ...before: readonly PanelUpdate[]): { readonly bench: DesktopBench; readonly icon: StandInTrayIcon } {
  const bench = createDesktopBench(options);
  bench.publish(...before);
  opened = createTray(bench.ports);
  const [icon] = bench.tray.icons;
  if (icon === undefined) throw new Error("no icon");
  return { bench, icon };
}

/** Long enough for the panel's pushes and for the next drawing. */
const settle = (bench: DesktopBench): Promise<void> => bench.clock.advance(1_000);

afterEach(() => {
  opened?.[Symbol.dispose]();
  opened = null;
});

describe("the tray", () => {
  it("speaks the language that holds, from the moment at which it is another", async () => {
    const { bench, icon } = open({}, connected);
    bench.ports.speech.set("de");
    await settle(bench);
    expect(icon.tooltip).toBe("Callside: Übungsmodus");
    expect(icon.menu()).toEqual(expect.arrayContaining(["- Übungsmodus", "Panel verbergen", "[ ] Ruhemodus", "Callside beenden"]));
    expect(icon.menu().join()).not.toMatch(/Quiet|Dock|Quit|wrong/u);
    bench.publish(refused);
    await settle(bench);
    expect(icon.tooltip).toBe("Callside: Zugangsdaten abgelehnt: siehe „Was nicht stimmt“");
  });

  it("shows the state and the quick actions", () => {
    const { icon } = open({}, connected);
    expect(icon.tooltip).toBe("Callside: Practice mode");
    expect(icon.menu()).toEqual([
      "- Practice mode",
      "---",
      "Hide the panel",
      "[ ] Quiet mode",
      "[ ] Always on top",
      "Dock",
      "  ( ) Left",
      "  ( ) Right",
      "  (o) Floating",
      "---",
      "Reconnect now",
      "What is wrong…",
      "---",
      "Quit Callside",
    ]);
  });

  it("follows the state, the window and the settings", async () => {
    const { bench, icon } = open({}, connected);
    bench.publish(refused, { kind: "settings", settings: { ...bench.state().settings, display: { ...bench.state().settings.display, quiet: true } } });
    bench.window.set("hidden");
    await bench.ports.settings.change({ alwaysOnTop: true, dock: "left" });
    await settle(bench);
    expect(icon.tooltip).toBe("Callside: Credentials refused: see What is wrong");
    expect(icon.menu()).toEqual(expect.arrayContaining(["- Credentials refused: see What is wrong", "Show the panel", "[x] Quiet mode", "[x] Always on top", "  (o) Left", "  ( ) Floating"]));
    expect(icon.image.url).toBe(trayIcons.light.trouble[16]);
  });

  it("is not drawn again while what it says stays the same, however much goes on", async () => {
    const { bench, icon } = open({}, connected, openInteraction("a"));
    await settle(bench);
    const before = { ...icon.drawn };
    for (let index = 0; index < 50; index += 1) {
      bench.publish(say("a", `u${index}`), { ...connected, lastHeardAt: index });
      await bench.clock.advance(100);
    }
    await settle(bench);
    expect(icon.drawn).toEqual(before);
    expect(bench.clock.pending()).toBe(0);
  });

  it("is drawn at most twice a second, and ends with the last word", async () => {
    const { bench, icon } = open({}, connected);
    const before = icon.drawn.menus;
    for (let index = 1; index <= 40; index += 1) {
      bench.publish({ kind: "connection", name: "stream", state: { kind: "reconnecting", since: 0, attempt: index, retryAt: 0, fault: { kind: "transport", code: "network", detail: "" } }, lastHeardAt: null });
      await bench.clock.advance(50);
    }
    await settle(bench);
    expect(icon.drawn.menus - before).toBeGreaterThanOrEqual(4);
    expect(icon.drawn.menus - before).toBeLessThanOrEqual(5);
    expect(icon.tooltip).toBe("Callside: Reconnecting to the stream, attempt 40");
  });

  it("does what its lines say", async () => {
    const { bench, icon } = open({}, connected);
    icon.press("Hide the panel");
    await settle(bench);
    icon.press("Show the panel");
    icon.press("What is wrong");
    icon.press("Reconnect now");
    icon.press("Quit Callside");
    icon.press("Quiet mode");
    icon.press("Left");
    await settle(bench);
    icon.press("Quiet mode");
    icon.press("Always on top");
    await settle(bench);
    expect(bench.window.done).toEqual(["hide", "show"]);
    expect(bench.focused).toEqual([{ kind: "health" }]);
    expect(bench.retried).toEqual(["stream"]);
    expect(bench.quits()).toBe(1);
    expect(bench.state().settings.display.quiet).toBe(false);
    expect(bench.ports.settings.current()).toMatchObject({ dock: "left", alwaysOnTop: true });
    expect(bench.bugs).toEqual([]);
  });

  it("reconnects whatever is meant to stand, and offers it only then", async () => {
    const { bench, icon } = open();
    expect(icon.menu()).toContain("- Reconnect now");
    bench.publish(connected, { kind: "connection", name: "tunnel", state: { kind: "idle" }, lastHeardAt: null }, { kind: "connection", name: "bridge", state: { kind: "closed", since: 0 }, lastHeardAt: null });
    await settle(bench);
    icon.press("Reconnect now");
    await settle(bench);
    expect(bench.retried).toEqual(["stream", "bridge"]);
  });

  it("says why a change was refused, takes the tick back, and forgets it once it comes to pass", async () => {
    const { bench, icon } = open({}, connected);
    bench.refusal = locked;
    icon.press("Always on top");
    expect(icon.menu()).toContain("[x] Always on top");
    await settle(bench);
    expect(icon.menu()).toContain("[ ] Always on top");
    expect(bench.state().notices).toMatchObject([{ level: "warning", what: "Always on top: This is not allowed here.", effect: expect.stringContaining("set by a flag") }]);
    bench.refusal = null;
    icon.press("Always on top");
    await settle(bench);
    expect(icon.menu()).toContain("[x] Always on top");
    expect(bench.state().notices).toEqual([]);
  });

  it("offers an update that is ready, and no other", async () => {
    const { bench, icon } = open({}, connected);
    bench.ports.teller.update({ kind: "loading", version: "0.2.0", percent: 40 });
    await settle(bench);
    expect(icon.menu().join()).not.toContain("Install");
    bench.ports.teller.update({ kind: "ready", version: "0.2.0", notes: null });
    await settle(bench);
    icon.press("Update 0.2.0 ready: Install and restart");
    expect(bench.installs()).toBe(1);
  });

  it("does not let an ampersand vanish", async () => {
    const { bench, icon } = open();
    bench.publish({ kind: "connection", name: "tunnel", state: { kind: "degraded", since: 0, connectedSince: 0, cause: "channel-unavailable", detail: "R&D" }, lastHeardAt: null });
    await settle(bench);
    expect(icon.menu()[0]).toBe("- Channel unavailable (R&&D)");
    expect(icon.tooltip).toBe("Callside: Channel unavailable (R&D)");
  });

  it.each([
    ["win32", ["hide", "show"]],
    ["linux", ["hide", "show"]],
    ["darwin", []],
  ] as const)("on %s, a press of the icon: %j", (platform, done) => {
    const { bench, icon } = open({ platform });
    icon.events.emit("click");
    icon.events.emit("click");
    expect(bench.window.done).toEqual(done);
  });

  it("goes on without where the system has no place for it", () => {
    const bench = createDesktopBench({ trayRefused: true });
    opened = createTray(bench.ports);
    expect([opened.hasTray(), bench.tray.icons, bench.tray.theme.eventNames(), bench.bugs]).toEqual([false, [], [], []]);
  });

  it("leaves nothing behind", async () => {
    const { bench, icon } = open({}, connected);
    expect(opened?.hasTray()).toBe(true);
    bench.publish(refused);
    await bench.clock.advance(20);
    expect(bench.clock.pending()).toBe(1);
    opened?.[Symbol.dispose]();
    expect([icon.destroyed, opened?.hasTray(), bench.clock.pending(), bench.tray.theme.eventNames()]).toEqual([true, false, 0, []]);
    bench.window.set("hidden");
    await bench.ports.settings.change({ dock: "left" });
    bench.publish(connected);
    await settle(bench);
    expect(bench.clock.pending()).toBe(0);
  });

  it("stays quiet about a change that ends after it is gone", async () => {
    const { bench, icon } = open({}, connected);
    bench.refusal = locked;
    icon.press("Always on top");
    opened?.[Symbol.dispose]();
    await settle(bench);
    expect(bench.bugs).toEqual([]);
  });
});

describe("the tray's icon", () => {
  it("has a state of its own for good, trouble and off, and is drawn for dense screens too", async () => {
    const { bench, icon } = open();
    const urls = [icon.image.url];
    bench.publish(connected);
    await settle(bench);
    urls.push(icon.image.url);
    bench.publish(refused);
    await settle(bench);
    urls.push(icon.image.url);
    expect(urls).toEqual([trayIcons.light.off[16], trayIcons.light.good[16], trayIcons.light.trouble[16]]);
    expect(new Set(urls).size).toBe(3);
    expect(icon.image.dense).toEqual({ 1.5: trayIcons.light.trouble[24], 2: trayIcons.light.trouble[32] });
  });

  it("is a template on macOS, by shape alone", () => {
    const { icon } = open({ platform: "darwin" }, connected);
    expect(icon.image).toMatchObject({ url: trayIcons.template.good[16], template: true });
  });

  it("follows the bar's theme on Windows, not the programs'", async () => {
    const { bench, icon } = open({ platform: "win32" }, connected);
    bench.tray.setTheme({ programs: true, bar: false });
    await settle(bench);
    expect(icon.image).toMatchObject({ url: trayIcons.light.good[16], template: false });
    bench.tray.setTheme({ programs: false, bar: true });
    await settle(bench);
    expect(icon.image.url).toBe(trayIcons.dark.good[16]);
  });

  it("follows the theme on Linux, but GNOME's bar is always dark", async () => {
    const { bench, icon } = open({ env: { XDG_CURRENT_DESKTOP: "KDE" } }, connected);
    expect(icon.image.url).toBe(trayIcons.light.good[16]);
    bench.tray.setTheme({ programs: true, bar: false });
    await settle(bench);
    expect(icon.image.url).toBe(trayIcons.dark.good[16]);
    opened?.[Symbol.dispose]();
    expect(open({ env: { XDG_CURRENT_DESKTOP: "ubuntu:GNOME" } }, connected).icon.image.url).toBe(trayIcons.dark.good[16]);
  });
});
