import type { Shortcuts } from "./desktop.ts";

/**
 * The global shortcuts that the program comes with. Not with Control and Alt alone: together they are AltGr, by which
 * many keyboards write letters.
 */
export const defaultShortcuts: Shortcuts = {
  show: "CommandOrControl+Shift+F7",
  copyFirst: "CommandOrControl+Shift+F8",
  quiet: "CommandOrControl+Shift+F9",
};
