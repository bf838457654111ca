import type { ConnectionName } from "../../../shared/connection.ts";
import type { DesktopSettings, DesktopView } from "../../../shared/desktop.ts";
import type { Speaker } from "../../../shared/interaction.ts";
import type { Saying } from "../saying.ts";

const endHint = "To end it, choose Quit Callside there.";
const places: Readonly<Record<DesktopView["platform"], string>> = {
  win32: `Its icon is in the notification area beside the clock. ${endHint}`,
  darwin: `Its icon is in the menu bar. ${endHint}`,
  linux: `Its icon is in the system tray. ${endHint}`,
};

/** Attempts count from 1, the first try being none. */
function attempt(number: number): string {
  return number > 0 ? `, attempt ${number}` : "";
}

/** The line in the tray: the panel's own words, with the connection's name. */
export const standingWords = {
  connected: "Connected",
  /** A round trip in ms. */
  connectedIn: (ms: number) => `Connected, ${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`,
  notConnected: "Not connected",
  practice: "Practice mode",
  validating: (number: number) => `Validating the bot${attempt(number)}`,
  connecting: (name: ConnectionName, number: number) => `Connecting to the ${name}${attempt(number)}`,
  reconnecting: (name: ConnectionName, number: number) => `Reconnecting to the ${name}${attempt(number)}`,
  checking: (name: ConnectionName) => `Checking the ${name}`,
  closed: (name: ConnectionName) => `The ${name} is closed`,
  /** `status`: the runtime's own word, empty where it says no more. */
  channelUnavailable: (status: string) => (status === "" ? "Channel unavailable" : `Channel unavailable (${status})`),
  silent: "Runtime does not answer",
  refused: (name: ConnectionName) => `The ${name} was refused: see What is wrong`,
  credentialsRefused: "Credentials refused: see What is wrong",
  credentialsMissing: "Credentials are missing: see What is wrong",
  conversations: (count: number) => (count === 1 ? "1 live conversation" : `${count} live conversations`),
  conversationsAndWaiting: (count: number, waiting: number) =>
    `${count === 1 ? "1 live conversation" : `${count} live conversations`}, ${waiting === 1 ? "1 suggestion waits" : `${waiting} suggestions wait`}`,
};

const docks: Readonly<Record<DesktopSettings["dock"], string>> = { left: "Left", right: "Right", floating: "Floating" };

export const trayMenuWords = {
  hide: "Hide the panel",
  show: "Show the panel",
  quiet: "Quiet mode",
  alwaysOnTop: "Always on top",
  dock: "Dock",
  docks,
  reconnect: "Reconnect now",
  health: "What is wrong…",
  install: (version: string) => `Update ${version} ready: Install and restart`,
  quit: "Quit Callside",
};

const heard: Readonly<Record<Speaker, (words: string) => string>> = {
  customer: (words) => `Customer said “${words}”`,
  agent: (words) => `You said “${words}”`,
  bot: (words) => `The bot said “${words}”`,
  unknown: (words) => `Heard “${words}”`,
};

/** What the system tells while the panel is out of view: why a card came. */
export const alertWords = {
  heard,
  sentimentFell: (score: number) => `Sentiment fell to ${score.toFixed(2).replace("-", "−")}`,
  fallback: (why: string) => `Fallback: ${why}`,
  hiddenTitle: "Callside is still at work",
  /** Where a window that was closed is to be had back. */
  hiddenBody: places,
};

export const shortcutWords = {
  nothingToCopy: "No suggestion to copy",
  notCopied: "The suggestion could not be copied",
  copied: (beginning: string) => `Copied: ${beginning}`,
  quietOn: "Quiet mode is on",
  quietOff: "Quiet mode is off",
  quietRefused: "Quiet mode could not be changed",
};

/** What was asked for outside the panel, as the head of what became of it. */
const changes = {
  quiet: "Quiet mode",
  alwaysOnTop: "Always on top",
  dock: "Dock",
  update: "Update",
  stream: "Reconnect the stream",
  tunnel: "Reconnect the tunnel",
  bridge: "Reconnect the bridge",
  copied: "Copied suggestion",
};

export const changeWords = {
  refused: (change: keyof typeof changes, fault: { readonly what: string; readonly cause: string; readonly remedy: string }): Saying => ({
    what: `${changes[change]}: ${fault.what}`,
    effect: `It stays as it was. ${fault.cause}`,
    remedy: fault.remedy,
  }),
  notDocked: (detail: string): Saying => ({
    what: "The panel could not be docked or undocked.",
    effect: "It went back to its place.",
    remedy: `The setting could not be changed: ${detail}.`,
  }),
  wayland: {
    what: "This desktop (Wayland) lets no program place its own window.",
    effect: "The panel is not docked, not kept on top and not put back where it was. Everything else works.",
    remedy: "Place it by hand, and choose Floating and no Always on top in the settings; or log in to an X11 session; or ask your IT to start Callside with --ozone-platform=x11.",
  },
  linkElsewhere: {
    what: "That conversation is not on this panel.",
    effect: "Nothing was opened.",
    remedy: "It may be another agent's, or it was closed here. Look it up where the link came from.",
  },
  linkForeign: {
    what: "A link to Callside could not be followed: it is not one of ours.",
    effect: "Nothing was opened.",
    remedy: "If you trust where it came from, report it there.",
  },
};

/** Boxes of the system, for what the panel itself cannot say any more, or not yet. */
export const boxWords = {
  restart: "Restart",
  quit: "Quit",
  pageFails: "The panel keeps failing.",
  pageFailsDetail: (report: string) => `It was loaded again three times within a minute. ${report} Restarting closes all connections in order first.`,
  failed: "Something went wrong inside Callside, and it has to end.",
  failedDetail: (report: string) => `${report} Restarting closes all connections in order first.`,
  reportIn: (path: string) => `A report is in ${path}. It stays on this machine.`,
  noReportFor: (detail: string) => `No report could be written: ${detail}.`,
  noReport: "No report could be written.",
  reportLate: "The disk did not answer, so there may be no report.",
  notStarted: "Callside could not start",
  badArguments: (found: string) => `It was started with arguments that are of no use to it: ${found}.`,
  failedTitle: "Callside failed",
};

/** Why starting at login cannot be set. */
export const loginWords = {
  notInstalled: "This Callside was started from a folder and is not installed: it cannot start at login.",
  entryRefused: "Windows did not take the entry: your organisation may have locked it.",
  entryKept: "Windows did not remove the entry: your organisation may have locked it.",
  offInWindows: "It is switched off in Windows: Settings, Apps, Startup.",
  macWaits: "macOS waits for your approval: System Settings, General, Login Items.",
  itemRefused: "macOS did not add the login item: your organisation may have locked it.",
  itemKept: "macOS did not remove the login item: your organisation may have locked it.",
  badPath: "The program's own path has a character that an autostart entry cannot hold: move it to another folder.",
  foreignEntry: "callside.desktop in the folder autostart was not written by Callside and is left as it is: it decides.",
  offInDesktop: "It is switched off in this desktop's own startup settings.",
  notSet: (detail: string) => `Starting at login cannot be set. Found: ${detail}.`,
};

export type ChangeName = keyof typeof changes;
export type LoginHindrance = { readonly kind: Exclude<keyof typeof loginWords, "notSet"> } | { readonly kind: "notSet"; readonly detail: string };
