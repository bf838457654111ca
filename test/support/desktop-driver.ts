import type { Page } from "playwright-core";

/** The desktop program as a person at the machine has it before them: in real Electron, or on the stand-in for it. */
export interface DesktopDriver extends AsyncDisposable {
  page(): Promise<Page>;
  /** Whether the panel's window is on screen. */
  isInView(): Promise<boolean>;
  hide(): Promise<void>;
  /** The labels of the tray's menu, those of submenus included. */
  trayLabels(): Promise<readonly string[]>;
  /** Presses the line of the tray's menu whose label begins so. */
  pressTray(label: string): Promise<void>;
  /** Whether the system shows notifications at all; a desktop without a service for them does not. */
  canNotify(): Promise<boolean>;
  /** The titles of the notifications that were shown, oldest first. */
  notifications(): Promise<readonly string[]>;
  /** What the program answers when a window that is not its own asks for the panel's state. */
  askFromElsewhere(): Promise<unknown>;
  /** Starts the program once more, while it runs; resolves with the exit code of that start. */
  startAgain(args: readonly string[]): Promise<number>;
  /** The person quits; resolves when the process is over, with its exit code and how long that took in ms. */
  quit(): Promise<{ readonly code: number; readonly tookMs: number }>;
}

/** Starts the program in practice mode, with folders of its own. */
export type StartDesktop = (args?: readonly string[]) => Promise<DesktopDriver>;
