import type * as Electron from "electron";
import type { Clock } from "../../shared/clock.ts";
import type { DesktopPatch, DesktopSettings, DesktopView, Focus, ShortcutAction, ShortcutState, UpdateState } from "../../shared/desktop.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Commands } from "../host/commands.ts";
import type { Publisher } from "../host/publisher.ts";
import type { OwnSpeech } from "../words/speech.ts";

/** Tells the panel how things stand on the desktop, each part its own. Disposing takes it all back. */
export interface DesktopTeller extends Disposable {
  shortcuts(states: Readonly<Record<ShortcutAction, ShortcutState>>): void;
  /** Why starting at login cannot be set here; null where it can. */
  login(hindrance: string | null): void;
  update(state: UpdateState): void;
}

/** The section `desktop` of the configuration, as it is now and as the person changes it. */
export interface DesktopSettingsPort {
  current(): DesktopSettings;
  /** Hears the new settings whenever they differ; returns what stops it. */
  onChange(listener: (settings: DesktopSettings) => void): () => void;
  /** Writes a change to the configuration file. Faults: those of `ConfigSource.change`. */
  change(patch: DesktopPatch): Promise<Result<null, Fault>>;
}

/** The panel's window, as the other parts of the desktop know it. */
export interface PanelWindow {
  /** Brings it forward: restored, shown, focused. */
  show(): void;
  hide(): void;
  /** Whether it is on screen: shown and not minimised. Another window may still cover it. */
  isInView(): boolean;
  /** Whether the person works in it. */
  isInFront(): boolean;
  /** Hears when it comes into view or goes out of it; returns what stops it. */
  onView(listener: (inView: boolean) => void): () => void;
}

/** What the program gives to the desktop, before there is a window. */
export interface DesktopProgram {
  readonly platform: DesktopView["platform"];
  readonly version: string;
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly commands: Commands;
  readonly settings: DesktopSettingsPort;
  /** The disk, and the folder in which the program keeps what is its own. */
  readonly files: FilePort;
  readonly dataFolder: string;
  /** The environment that the program was started with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The interaction that the panel has in front; null: none. */
  viewing(): string | null;
  /** Hears whether the window is in view. */
  attend(isAttended: boolean): void;
  /** Hears when a field of the settings begins or ends to record keys; returns what stops it. */
  onRecording(listener: (recording: boolean) => void): () => void;
  /** The machine woke up, was unlocked, or has a network again: new connections at once, whatever the old ones claim. */
  wake(): void;
  /** In which language the person is spoken to. */
  readonly speech: OwnSpeech;
  /** Writes a line of the log: nothing that a person said, and no secret. */
  log(level: "info" | "warn", event: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Hears a mistake of ours that the work survives. */
  readonly onBug: (bug: unknown) => void;
}

/** What each part of the desktop (tray, shortcuts, notifications, links, ...) is made from. */
export interface DesktopPorts extends DesktopProgram {
  readonly electron: typeof Electron;
  readonly window: PanelWindow;
  readonly teller: DesktopTeller;
  /** Brings the panel forward with this in front. */
  focus(target: Focus["target"]): void;
  /** Begins to end the program. */
  quit(): void;
}
