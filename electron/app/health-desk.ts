import type { Clock } from "../../shared/clock.ts";
import { emptyHealth, type HealthView } from "../../shared/health.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { err } from "../../shared/result.ts";
import type { App } from "../app.ts";
import type { HealthCommands } from "../host/health-commands.ts";
import type { HealthMachine } from "./health-sources.ts";

export interface HealthDeskOptions {
  readonly app: App;
  readonly clock: Clock;
  readonly publish: (update: PanelUpdate) => void;
  /** The machine; this one unless given. */
  readonly machine?: HealthMachine;
  /** Writes the redacted file; see {@link HealthCommands}. */
  readonly exportDiagnostics?: HealthCommands["exportDiagnostics"];
}

/** The page "what is wrong" of one panel. Disposing stops a run. */
export interface HealthDesk extends AsyncDisposable {
  readonly commands: HealthCommands;
}

interface Run {
  readonly stop: AbortController;
  /** Settles when nothing of it is under way any more; never rejects. */
  readonly over: Promise<void>;
}

/**
 * One run at a time: a new one ends the one before, whose views are not told any more. What the checks are made of is
 * loaded when they are first asked for.
 */
export function createHealthDesk({ app, clock, publish, machine, exportDiagnostics = noExport }: HealthDeskOptions): HealthDesk {
  let current: Run | null = null;
  let shown: HealthView = emptyHealth;
  const tell = (view: HealthView): void => {
    shown = view;
    publish({ kind: "health", view });
  };

  const start = (): void => {
    const before = current;
    const stop = new AbortController();
    const isCurrent = (): boolean => current?.stop === stop;
    const work = async (): Promise<void> => {
      before?.stop.abort();
      await before?.over;
      const [{ runHealth }, { standingSources }, { systemMachine }] = await Promise.all([
        import("./health-run.ts"),
        import("./health-standing.ts"),
        import("./health-machine.ts"),
      ]);
      if (!isCurrent()) return;
      await runHealth(standingSources(app, machine ?? systemMachine(), clock), {
        signal: stop.signal,
        onView: (view) => {
          if (isCurrent()) tell(view);
        },
      });
    };
    const over = work()
      .catch((bug: unknown) => {
        app.onBug(bug);
      })
      .finally(() => {
        if (!isCurrent()) return;
        current = null;
        // A run that was ended by a bug of ours must not look as if it went on.
        if (shown.state === "running") tell({ ...shown, state: "stopped" });
      });
    current = { stop, over };
    tell({ state: "running", since: clock.now(), lines: [] });
  };

  return {
    commands: {
      check: start,
      stop() {
        current?.stop.abort();
      },
      exportDiagnostics,
    },
    async [Symbol.asyncDispose]() {
      const last = current;
      current = null;
      last?.stop.abort();
      await last?.over;
    },
  };
}

const noExport: HealthCommands["exportDiagnostics"] = () =>
  Promise.resolve(err({ kind: "policy", code: "not-found-here", detail: "this program writes no diagnostics" }));
