import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Settings } from "../../shared/settings.ts";
import type { App } from "../app.ts";
import { createSwitchingPublisher } from "../host/switching-publisher.ts";
import type { UpdateCommands } from "../host/update-commands.ts";
import type { PanelDesk } from "./panel-desk.ts";

/** A program that works behind the panel: on the sandbox or on the real platforms. Disposing closes it in order. */
export interface Play extends AsyncDisposable {
  readonly mode: Settings["mode"];
  readonly app: App;
  readonly desk: PanelDesk;
  /** Begins its work; call once, when it is shown. */
  start(): Promise<void>;
}

/** One panel for the hosts, and the program that works behind it, which another can replace while the panel stays. */
export interface PanelStage extends AsyncDisposable {
  /** For as long as the panel is there. */
  readonly desk: PanelDesk;
  app(): App;
  mode(): Settings["mode"];
  /** Hears that another program works behind the panel. */
  onSwitched(listener: (app: App) => void): () => void;
  /** Puts the other program behind the panel; nothing happens where it is there already. The fault is that of its opening, and the one before goes on. */
  switchTo(mode: Settings["mode"]): Promise<Result<null, Fault>>;
}

export interface PanelStageOptions {
  readonly first: Play;
  readonly open: (mode: Settings["mode"]) => Promise<Result<Play, Fault>>;
  readonly onBug: (bug: unknown) => void;
}

/** Shows `first`, which it owns from then on. A program that is replaced is closed behind the panel. */
export function createPanelStage({ first, open, onBug }: PanelStageOptions): PanelStage {
  const publisher = createSwitchingPublisher(first.desk.publisher);
  const listeners = new Set<(app: App) => void>();
  const leaving = new Set<Promise<void>>();
  let shown = first;
  let updates: UpdateCommands | null = null;
  let isAttended = true;
  const recording = new Set<(recording: boolean) => void>();
  const hearRecording = (desk: PanelDesk): (() => void) =>
    desk.onRecording((isRecording) => {
      for (const listener of recording) listener(isRecording);
    });
  let stopRecording = hearRecording(first.desk);
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  const leave = (play: Play): void => {
    const over = Promise.resolve(play[Symbol.asyncDispose]())
      .catch(onBug)
      .finally(() => leaving.delete(over));
    leaving.add(over);
  };

  const switchNow = async (mode: Settings["mode"]): Promise<Result<null, Fault>> => {
    if (closed || shown.mode === mode) return ok(null);
    // What it holds (history, audit file) may be wanted by the next.
    await Promise.all(leaving);
    const opened = await open(mode);
    if (!opened.ok) return opened;
    const before = shown;
    shown = opened.value;
    before.desk.bindUpdates(null);
    shown.desk.bindUpdates(updates);
    shown.desk.attend(isAttended);
    stopRecording();
    stopRecording = hearRecording(shown.desk);
    publisher.show(shown.desk.publisher);
    for (const listener of listeners) listener(shown.app);
    await shown.start();
    leave(before);
    return ok(null);
  };

  return {
    desk: {
      publisher,
      commands: (name, input) => shown.desk.commands(name, input),
      viewing: () => shown.desk.viewing(),
      attend(now) {
        isAttended = now;
        shown.desk.attend(now);
      },
      bindUpdates(bound) {
        updates = bound;
        shown.desk.bindUpdates(bound);
      },
      onRecording(listener) {
        recording.add(listener);
        return () => {
          recording.delete(listener);
        };
      },
      async [Symbol.asyncDispose]() {},
    },
    app: () => shown.app,
    mode: () => shown.mode,
    onSwitched(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    switchTo(mode) {
      const mine = turn.then(() => switchNow(mode));
      turn = mine.catch(() => undefined);
      return mine;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      listeners.clear();
      await turn;
      await publisher[Symbol.asyncDispose]();
      await Promise.all(leaving);
      await shown[Symbol.asyncDispose]();
    },
  };
}
