import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { setupSecrets, setupSystems, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupForm, SetupSystem, SetupTrial, SetupView } from "../../shared/setup.ts";
import type { Role, Settings } from "../../shared/settings.ts";
import type { Config } from "../config/complete-config.ts";
import type { ConfigProblem } from "../config/config-problem.ts";
import { NOTHING } from "../config/describe-value.ts";
import type { ConfigSource } from "../config/config-source.ts";
import type { Environment } from "../config/environment.ts";
import type { SetupCommands } from "../host/practice-commands.ts";
import type { Draft, DraftFile } from "./setup-draft.ts";
import { fixedOf } from "./setup-fixed.ts";
import { changesBack, changesOf, formOf, isBegun, problemsOf, wholeForm } from "./setup-form.ts";
import { notShown, nothingToUndo, refusal } from "./setup-refusal.ts";
import type { SetupSecrets } from "./setup-secrets.ts";
import type { TrialOf } from "./setup-trial.ts";

/** A form is tried when nobody has typed for this long. */
export const TRY_AFTER_MS = 800;

export interface SetupDeskOptions {
  readonly clock: Clock;
  readonly env: Environment;
  /** The person's own configuration, also while practice has another. */
  readonly config: Pick<ConfigSource, "path" | "current" | "locks" | "machine" | "written" | "preview" | "change">;
  readonly draft: DraftFile;
  readonly secrets: SetupSecrets;
  /** What runs behind the panel now, and the way to the other. */
  readonly mode: () => Settings["mode"];
  readonly switchTo: (mode: Settings["mode"]) => Promise<Result<null, Fault>>;
  readonly tryOut: (trial: TrialOf, run: { readonly signal: AbortSignal; readonly onStep: (step: Extract<SetupTrial, { kind: "trying" }>["step"]) => void }) => Promise<SetupTrial>;
  readonly publish: (view: SetupView | null) => void;
  readonly onBug: (bug: unknown) => void;
}

/** The first run of one program, whatever runs behind it. Disposing ends a trial. */
export interface SetupDesk extends SetupCommands, AsyncDisposable {
  /** Call once, when the panel is there: shows the welcome of a first start, or what an interruption left. */
  begin(): Promise<void>;
}

/** A system in the course of the first run. */
interface Entry {
  form: SetupForm;
  trial: SetupTrial;
  /** What the file said before the last save; null: there is nothing to take back. */
  before: { readonly section: unknown } | null;
  stop: () => void;
}

/** What a form comes to: the configuration that would hold, or what is wrong with it. */
interface Judged {
  readonly config: Config | null;
  readonly problems: readonly ConfigProblem[];
}

export function createSetupDesk(options: SetupDeskOptions): SetupDesk {
  const { clock, config, secrets, publish } = options;
  const entries = new Map<SetupSystemName, Entry>();
  const trials = new Set<Promise<void>>();
  let shown: SetupView["step"] | null = null;
  let why: SetupView["why"] = "asked";
  /** The role that held when the forms were opened: what is saved in them must not lock the person out of them. */
  let roleBefore: Role | null = null;
  let draftTrouble: Fault | null = null;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const isConfigured = (): boolean => setupSystems.some((system) => config.current()[system] !== undefined);
  const fixed = (system: SetupSystemName) => fixedOf(system, { env: options.env, locks: config.locks(), rules: config.machine().rules.rules, section: config.current()[system] });
  const changes = (form: SetupForm) => changesOf(form, config.written(form.system), new Set(fixed(form.system).map(({ key }) => key)));

  const judge = (form: SetupForm): Judged => {
    const preview = config.preview(changes(form));
    if (!preview.ok) return { config: null, problems: preview.error };
    const { agentWanted } = preview.value;
    if (agentWanted !== null && form.system === "assist") return { config: null, problems: [agentWanted] };
    // In role agent only a supervisor, or the file itself, makes the panel another's.
    const isLost = roleBefore === "agent" && preview.value.config.panel.role === "supervisor";
    const problem: ConfigProblem = { path: "assist.agentId", found: NOTHING, allowed: "the id of the agent at this desk, because the role here is agent" };
    return { config: preview.value.config, problems: isLost && form.system === "assist" ? [problem] : [] };
  };

  const entryOf = (system: SetupSystemName): Entry => {
    const known = entries.get(system);
    if (known !== undefined) return known;
    const fresh: Entry = { form: formOf(system, config.written(system)), trial: { kind: "untried" }, before: null, stop: () => {} };
    entries.set(system, fresh);
    return fresh;
  };

  const keptOf = (form: SetupForm): SetupSystem["kept"] => {
    if (config.current()[form.system] === undefined) return "no";
    return isUnchanged(form) ? "saved" : "changed";
  };
  const isUnchanged = (form: SetupForm): boolean => changes(form).every(({ path }) => path.length === 1);

  const viewOf = (system: SetupSystemName): SetupSystem => {
    const { form, trial, before } = entryOf(system);
    return { form, fixed: fixed(system), problems: problemsOf(system, judge(form).problems), trial, secrets: secrets.of(system), kept: keptOf(form), undoable: before !== null };
  };
  const tell = (): void => {
    if (closed) return;
    publish(
      shown === null
        ? null
        : {
            step: shown,
            why,
            systems: shown === "welcome" ? [] : setupSystems.map(viewOf),
            configFile: config.path ?? "",
            vaultHindrance: secrets.hindrance(),
            draftTrouble,
          },
    );
  };

  const keep = async (at: Draft["at"]): Promise<void> => {
    const forms = [...entries.values()].map(({ form }) => form).filter((form) => isBegun(form) && keptOf(form) !== "saved");
    draftTrouble = await options.draft.keep({ at, forms });
  };

  const knowsSecrets = (system: SetupSystemName): boolean => secrets.of(system).every(({ source }) => source !== null);

  const startTrial = (system: SetupSystemName): void => {
    const entry = entryOf(system);
    entry.stop();
    const judged = judge(entry.form);
    if (closed || judged.config?.[system] === undefined || judged.problems.length > 0) return;
    const { config: wanted } = judged;
    const stop = new AbortController();
    const { form } = entry;
    entry.stop = () => {
      stop.abort();
    };
    const run = async (): Promise<void> => {
      const env = await secrets.envFor(system);
      // The key store may have taken its time.
      if (stop.signal.aborted) return;
      const trial = await options.tryOut(
        { form, config: wanted, env },
        {
          signal: stop.signal,
          onStep: (step) => {
            if (stop.signal.aborted) return;
            entry.trial = { kind: "trying", step };
            tell();
          },
        },
      );
      if (stop.signal.aborted) return;
      entry.trial = trial;
      tell();
    };
    entry.trial = { kind: "trying", step: "name" };
    const over = run()
      .catch(options.onBug)
      .finally(() => trials.delete(over));
    trials.add(over);
  };

  /** What was found out does not hold any more; a form that could be right is tried once it stands still. */
  const changed = (system: SetupSystemName): void => {
    const entry = entryOf(system);
    entry.stop();
    entry.trial = { kind: "untried" };
    const { problems } = judge(entry.form);
    const isReady = (isBegun(entry.form) || keptOf(entry.form) !== "no") && problems.length === 0 && knowsSecrets(system);
    if (!isReady) return;
    entry.stop = clock.after(TRY_AFTER_MS, () => {
      startTrial(system);
      tell();
    });
  };

  const stopAll = (): void => {
    for (const entry of entries.values()) {
      entry.stop();
      if (entry.trial.kind === "trying") entry.trial = { kind: "untried" };
    }
  };

  const open = async (step: SetupView["step"]): Promise<void> => {
    why = isConfigured() ? "asked" : "unconfigured";
    // In practice everybody is a supervisor of the sandbox.
    if (shown === null) roleBefore = options.mode() === "live" ? config.current().panel.role : null;
    shown = step;
    tell();
    if (step === "welcome") return;
    await secrets.look();
    for (const system of setupSystems) if (entryOf(system).trial.kind === "untried") changed(system);
    tell();
  };

  return {
    async begin() {
      const kept = await options.draft.read();
      for (const form of kept.forms) entryOf(form.system).form = wholeForm(form);
      // What was interrupted goes on where it stood; a welcome comes only where nothing is configured.
      // Not waited for: a key store may ask the person first.
      if (kept.at === "connect") open("connect").catch(options.onBug);
      else if (kept.at === "welcome" && !isConfigured()) await open("welcome");
    },

    show: (step) =>
      inTurn(async () => {
        await open(step);
        await keep(step);
        tell();
        return ok(null);
      }),

    enter: async (form) => {
      if (shown === null) return err(notShown());
      const entry = entryOf(form.system);
      const whole = wholeForm(form);
      if (isDeepStrictEqual(whole, entry.form)) return ok(null);
      entry.form = whole;
      changed(form.system);
      tell();
      await keep("connect");
      tell();
      return ok(null);
    },

    secret: async (secret) => {
      const done = await secrets.put(secret);
      if (!done.ok) return done;
      await secrets.look();
      for (const system of setupSystems) if (setupSecrets[system].some((name) => name === secret.name)) changed(system);
      tell();
      return ok(null);
    },

    try: async (system) => {
      if (shown === null) return err(notShown());
      const { problems } = judge(entryOf(system).form);
      if (problems.length > 0) return err(refusal(problems));
      startTrial(system);
      tell();
      return ok(null);
    },

    save: (system) =>
      inTurn(async () => {
        if (shown === null) return err(notShown());
        const { form } = entryOf(system);
        const { problems } = judge(form);
        if (problems.length > 0) return err(refusal(problems));
        const set = changes(form);
        const section = config.written(system);
        const written = set.length === 0 ? ok(null) : await config.change({ set });
        if (!written.ok) return written;
        if (set.length > 0) entryOf(system).before = { section };
        await keep("connect");
        tell();
        return options.mode() === "live" ? ok(null) : options.switchTo("live");
      }),

    undo: (system) =>
      inTurn(async () => {
        const entry = entryOf(system);
        const { before } = entry;
        if (before === null) return err(nothingToUndo());
        const written = await config.change({ set: changesBack(system, before.section, config.written(system)) });
        if (!written.ok) return written;
        entry.before = null;
        await keep("connect");
        tell();
        return isConfigured() || options.mode() === "practice" ? ok(null) : options.switchTo("practice");
      }),

    leave: (to) =>
      inTurn(async () => {
        stopAll();
        shown = null;
        await keep("left");
        for (const [system, entry] of entries) {
          entry.before = null;
          // What is saved is read from the file again, which others may change.
          if (keptOf(entry.form) === "saved" || !isBegun(entry.form)) entries.delete(system);
        }
        tell();
        const wanted = to === "panel" && isConfigured() ? "live" : to === "practice" ? "practice" : options.mode();
        return wanted === options.mode() ? ok(null) : options.switchTo(wanted);
      }),

    async [Symbol.asyncDispose]() {
      closed = true;
      stopAll();
      await Promise.allSettled(trials);
      await turn;
    },
  };
}
