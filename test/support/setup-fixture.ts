import type { SetupCommands } from "../../electron/host/practice-commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SetupForm, SetupSystem, SetupView } from "../../shared/setup.ts";
import { setupFields, setupSecrets, setupSystems, type SetupSystemName } from "../../shared/setup-fields.ts";

export type SetupCall = readonly [name: string, ...input: readonly unknown[]];

/** A system as nobody has touched it, with what is otherwise. */
export function setupSystem(system: SetupSystemName, other: Partial<SetupSystem> = {}, values: Readonly<Record<string, string>> = {}): SetupSystem {
  return {
    form: { system, fields: setupFields[system].map(({ key }) => ({ key, value: values[key] ?? "" })) },
    fixed: [],
    problems: [],
    trial: { kind: "untried" },
    secrets: setupSecrets[system].map((name) => ({ name, source: null })),
    kept: "no",
    undoable: false,
    ...other,
  };
}

const untouched: readonly SetupSystem[] = setupSystems.map((system) => setupSystem(system));

/** Main's side of the first run, played from memory. */
export interface PlayedSetup {
  readonly commands: SetupCommands;
  readonly calls: readonly SetupCall[];
  show(view: Partial<SetupView>): void;
  /** Puts a system in the place of the one of its name. */
  put(system: SetupSystem): void;
  /** Answers the next command of this name with a fault. */
  refuse(name: string, fault: Fault): void;
}

export function playSetup(publisher: Publisher): PlayedSetup {
  const calls: SetupCall[] = [];
  const refusals = new Map<string, Fault>();
  let view: SetupView | null = null;
  const tell = (): void => {
    publisher.publish({ kind: "setup", view });
  };
  const change = (system: SetupSystemName, part: (of: SetupSystem) => Partial<SetupSystem>): void => {
    if (view === null) return;
    view = { ...view, systems: view.systems.map((one) => (one.form.system === system ? { ...one, ...part(one) } : one)) };
    tell();
  };
  const answer = async (call: SetupCall, work: () => void): Promise<Result<null, Fault>> => {
    calls.push(call);
    const refusal = refusals.get(call[0]);
    refusals.delete(call[0]);
    if (refusal !== undefined) return err(refusal);
    work();
    return ok(null);
  };
  const show = (part: Partial<SetupView>): void => {
    view = { step: "connect", why: "unconfigured", systems: untouched, configFile: "/home/ada/.config/callside/callside.config.json", vaultHindrance: null, draftTrouble: null, ...view, ...part };
    tell();
  };
  return {
    calls,
    show,
    put: (system) => {
      change(system.form.system, () => system);
    },
    refuse: (name, fault) => void refusals.set(name, fault),
    commands: {
      show: (step) => answer(["show", step], () => show({ step })),
      enter: (form: SetupForm) => answer(["enter", form.system, Object.fromEntries(form.fields.filter(({ value }) => value !== "").map(({ key, value }) => [key, value]))], () => change(form.system, () => ({ form }))),
      secret: ({ name, value }) =>
        answer(["secret", name, value.length], () => {
          for (const system of setupSystems) change(system, ({ secrets }) => ({ secrets: secrets.map((one) => (one.name === name ? { ...one, source: "key-store" } : one)) }));
        }),
      try: (system) => answer(["try", system], () => change(system, () => ({ trial: { kind: "trying", step: "reach" } }))),
      save: (system) => answer(["save", system], () => change(system, () => ({ kept: "saved", undoable: true }))),
      undo: (system) => answer(["undo", system], () => change(system, () => ({ kept: "no", undoable: false }))),
      leave: (to) =>
        answer(["leave", to], () => {
          view = null;
          tell();
        }),
    },
  };
}
