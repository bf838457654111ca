import type { DesktopSettings, UpdateState } from "../../shared/desktop.ts";

/** What a press on a line of the menu asks for. */
export type TrayAction =
  | { readonly kind: "show" }
  | { readonly kind: "hide" }
  | { readonly kind: "quiet"; readonly on: boolean }
  | { readonly kind: "always-on-top"; readonly on: boolean }
  | { readonly kind: "dock"; readonly dock: DesktopSettings["dock"] }
  | { readonly kind: "reconnect" }
  | { readonly kind: "health" }
  | { readonly kind: "install" }
  | { readonly kind: "quit" };

/** A line of the menu. */
export type TrayLine =
  | { readonly kind: "words"; readonly label: string }
  | { readonly kind: "separator" }
  | { readonly kind: "action"; readonly label: string; readonly action: TrayAction; readonly enabled: boolean }
  | { readonly kind: "check"; readonly label: string; readonly checked: boolean; readonly action: TrayAction }
  | { readonly kind: "choice"; readonly label: string; readonly options: readonly TrayOption[] };

/** One of several of which exactly one holds. */
export interface TrayOption {
  readonly label: string;
  readonly chosen: boolean;
  readonly action: TrayAction;
}

/** All that the menu tells of. */
export interface TrayMenuState {
  readonly line: string;
  readonly inView: boolean;
  readonly quiet: boolean;
  readonly settings: Pick<DesktopSettings, "alwaysOnTop" | "dock">;
  /** Whether there is a connection that could be made anew. */
  readonly canReconnect: boolean;
  readonly update: UpdateState;
}

const docks = [
  ["left", "Left"],
  ["right", "Right"],
  ["floating", "Floating"],
] as const satisfies readonly (readonly [DesktopSettings["dock"], string])[];

/** The menu of the tray icon. Pure: equal states have equal menus. */
export function trayMenu({ line, inView, quiet, settings, canReconnect, update }: TrayMenuState): readonly TrayLine[] {
  const install: readonly TrayLine[] =
    update.kind === "ready" ? [{ kind: "action", label: `Update ${update.version} ready: Install and restart`, action: { kind: "install" }, enabled: true }, { kind: "separator" }] : [];
  return [
    { kind: "words", label: line },
    { kind: "separator" },
    { kind: "action", label: inView ? "Hide the panel" : "Show the panel", action: { kind: inView ? "hide" : "show" }, enabled: true },
    { kind: "check", label: "Quiet mode", checked: quiet, action: { kind: "quiet", on: !quiet } },
    { kind: "check", label: "Always on top", checked: settings.alwaysOnTop, action: { kind: "always-on-top", on: !settings.alwaysOnTop } },
    {
      kind: "choice",
      label: "Dock",
      options: docks.map(([dock, label]) => ({ label, chosen: settings.dock === dock, action: { kind: "dock", dock } })),
    },
    { kind: "separator" },
    { kind: "action", label: "Reconnect now", action: { kind: "reconnect" }, enabled: canReconnect },
    { kind: "action", label: "What is wrong…", action: { kind: "health" }, enabled: true },
    { kind: "separator" },
    ...install,
    { kind: "action", label: "Quit Callside", action: { kind: "quit" }, enabled: true },
  ];
}
