import type { DesktopSettings, UpdateState } from "../../shared/desktop.ts";
import { englishWords, type Words } from "../words/en.ts";

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

const docks = ["left", "right", "floating"] as const satisfies readonly DesktopSettings["dock"][];

/** The menu of the tray icon, in English unless words are given. Pure: equal states have equal menus. */
export function trayMenu({ line, inView, quiet, settings, canReconnect, update }: TrayMenuState, words: Words["menu"] = englishWords.menu): readonly TrayLine[] {
  const install: readonly TrayLine[] =
    update.kind === "ready" ? [{ kind: "action", label: words.install(update.version), action: { kind: "install" }, enabled: true }, { kind: "separator" }] : [];
  return [
    { kind: "words", label: line },
    { kind: "separator" },
    { kind: "action", label: inView ? words.hide : words.show, action: { kind: inView ? "hide" : "show" }, enabled: true },
    { kind: "check", label: words.quiet, checked: quiet, action: { kind: "quiet", on: !quiet } },
    { kind: "check", label: words.alwaysOnTop, checked: settings.alwaysOnTop, action: { kind: "always-on-top", on: !settings.alwaysOnTop } },
    {
      kind: "choice",
      label: words.dock,
      options: docks.map((dock) => ({ label: words.docks[dock], chosen: settings.dock === dock, action: { kind: "dock", dock } })),
    },
    { kind: "separator" },
    { kind: "action", label: words.reconnect, action: { kind: "reconnect" }, enabled: canReconnect },
    { kind: "action", label: words.health, action: { kind: "health" }, enabled: true },
    { kind: "separator" },
    ...install,
    { kind: "action", label: words.quit, action: { kind: "quit" }, enabled: true },
  ];
}
