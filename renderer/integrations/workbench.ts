import { createStore, type StoreApi } from "zustand/vanilla";
import type { Clock } from "../../shared/clock.ts";
import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import type { Draft, MapInput } from "../../shared/integration-view.ts";
import type { IntegrationActions } from "../integration-actions.ts";
import { type FieldName, textOf } from "./definition-fields.ts";
import { isMap, withField } from "./draft-fields.ts";
import { createDraftSaver } from "./draft-saver.ts";
import { readJson } from "./json-text.ts";
import { createNewestAnswer } from "./newest-answer.ts";
import { createReplyMapper, type MappingWords } from "./reply-mapper.ts";
import { emptyWorkbench, type WorkbenchState } from "./workbench-state.ts";

/** Where one integration is defined, tried, mapped and registered. */
export interface Workbench {
  readonly store: StoreApi<WorkbenchState>;
  /** Reads what main has, unless something is written here that main does not have yet. */
  readonly read: () => Promise<void>;
  /** Another value for a field; undefined takes it away. */
  readonly edit: (path: readonly string[], value: JsonValue | undefined) => void;
  /** The whole definition as text; what is no JSON object stays a text. */
  readonly editSource: (text: string) => void;
  /** What is sent, as text. */
  readonly editBody: (text: string) => void;
  readonly dropSource: () => void;
  /** The definition as it was registered once. */
  readonly bringBack: (definition: IntegrationDefinition) => void;
  readonly editPayload: (text: string) => void;
  /** Runs the definition as it is written; nothing where the payload is no JSON. */
  readonly run: () => void;
  /** The answer is not waited for any more. The request may have reached the service. */
  readonly cancelRun: () => void;
  readonly chooseSource: (source: MapInput["source"] | null) => void;
  readonly keepFixture: (name: string) => Promise<boolean>;
  readonly dropFixture: (name: string) => void;
  readonly register: () => void;
  /** Saves at once what is not saved; true when main has it all. */
  readonly flush: () => Promise<boolean>;
  readonly stop: () => void;
}

const CHECK_AFTER_MS = 150;
const BODY = ["config", "request_mapping", "body"] as const;
const NORMALIZE = ["flatten", "map_keys", "none"] as const;

interface WorkbenchPorts {
  readonly key: string;
  readonly actions: IntegrationActions;
  readonly clock: Clock;
  /** What the bot would send, to begin with; null where nothing is known of it. */
  readonly payload: string | null;
}

export function createWorkbench({ key, actions, clock, payload }: WorkbenchPorts): Workbench {
  const store = createStore<WorkbenchState>(() => emptyWorkbench(key, payload));
  const { getState: state, setState: set } = store;
  let runs = 0;

  const saver = createDraftSaver<Draft>({ clock, save: (draft) => actions.save(key, draft), told: (save) => set({ save }) });
  const checker = createNewestAnswer({
    clock,
    delayMs: CHECK_AFTER_MS,
    ask: actions.check,
    take: (answer) => {
      if (answer.ok) set({ problems: answer.value.problems });
    },
  });
  const mapper = createReplyMapper({ clock, map: actions.map, state: () => state().mapping, told: (mapping) => set({ mapping }) });

  const rewrite = (draft: Draft, typed: Partial<WorkbenchState["typed"]>): void => {
    const before = mappingWords(state().draft);
    set({ draft, typed: { source: null, body: null, ...typed }, register: { kind: "none" } });
    saver.changed(draft);
    checker.soon(draft);
    const after = mappingWords(draft);
    if (before.extract !== after.extract || before.normalize !== after.normalize) mapper.changed(after);
  };

  /** Registrations and fixtures anew; the draft is not touched. */
  const readRest = async (): Promise<void> => {
    const answer = await actions.open(key);
    if (answer.ok) set({ registrations: answer.value.registrations, fixtures: answer.value.fixtures });
  };

  return {
    store,
    async read() {
      const before = state();
      if (before.save.kind !== "saved") return;
      const answer = await actions.open(key);
      // What was written in the meantime is newer than this answer, saved or not.
      if (state().draft !== before.draft) return;
      if (!answer.ok) {
        if (state().loading.kind !== "ready") set({ loading: { kind: "failed", fault: answer.error } });
        return;
      }
      const { draft, problems, registrations, fixtures } = answer.value;
      const same = JSON.stringify(draft) === JSON.stringify(state().draft);
      set({ loading: { kind: "ready" }, problems, registrations, fixtures, ...(same ? {} : { draft, typed: { source: null, body: null } }) });
    },
    edit(path, value) {
      rewrite(withField(state().draft, path, value), { body: path.join(".") === BODY.join(".") ? null : state().typed.body });
    },
    editSource(text) {
      const read = readJson(text);
      if (read.kind === "read" && isMap(read.value)) rewrite(read.value, { source: text });
      else set({ typed: { ...state().typed, source: text } });
    },
    editBody(text) {
      if (text.trim() === "") return rewrite(withField(state().draft, BODY, undefined), { body: text });
      const read = readJson(text);
      if (read.kind === "read" && isMap(read.value)) rewrite(withField(state().draft, BODY, read.value), { body: text });
      else set({ typed: { ...state().typed, body: text } });
    },
    dropSource() {
      set({ typed: { ...state().typed, source: null } });
    },
    bringBack: (definition) => rewrite(definition, {}),
    editPayload(text) {
      set({ payload: text });
    },
    run() {
      const read = readJson(state().payload);
      if (read.kind === "wrong" || state().run.kind === "running") return;
      runs += 1;
      const mine = runs;
      const { draft } = state();
      set({ run: { kind: "running", since: clock.now() }, fixture: { kind: "none" } });
      void (async () => {
        const answer = await actions.try(draft, read.value);
        if (mine !== runs) return;
        if (!answer.ok) {
          set({ run: { kind: "refused", fault: answer.error } });
          return;
        }
        const { tryId, outcome } = answer.value;
        set({ run: { kind: "done", result: answer.value, at: clock.now() } });
        if (outcome.kind === "answered") mapper.choose({ kind: "try", tryId }, mappingWords(state().draft), outcome.mapped);
        else if (state().mapping.source?.kind === "try") mapper.choose(null, mappingWords(draft), null);
      })();
    },
    cancelRun() {
      runs += 1;
      set({ run: { kind: "none" } });
    },
    chooseSource(source) {
      mapper.choose(source, mappingWords(state().draft), null);
    },
    async keepFixture(name) {
      const { run } = state();
      if (run.kind !== "done") return false;
      set({ fixture: { kind: "under way" } });
      const answer = await actions.keepFixture(key, name, run.result.tryId);
      set({ fixture: answer.ok ? { kind: "done" } : { kind: "refused", fault: answer.error } });
      if (answer.ok) await readRest();
      return answer.ok;
    },
    dropFixture(name) {
      set({ fixture: { kind: "under way" } });
      void (async () => {
        const answer = await actions.dropFixture(key, name);
        set({ fixture: answer.ok ? { kind: "none" } : { kind: "refused", fault: answer.error } });
        if (!answer.ok) return;
        const { source } = state().mapping;
        if (source?.kind === "fixture" && source.name === name) mapper.choose(null, mappingWords(state().draft), null);
        await readRest();
      })();
    },
    register() {
      if (state().register.kind === "under way") return;
      set({ register: { kind: "under way" } });
      void (async () => {
        // Main registers what it has.
        if (!(await saver.flush())) {
          const { save } = state();
          set({ register: save.kind === "failed" ? { kind: "refused", fault: save.fault } : { kind: "none" } });
          return;
        }
        const answer = await actions.register(key);
        set({ register: answer.ok ? { kind: "done" } : { kind: "refused", fault: answer.error } });
        if (answer.ok) await readRest();
      })();
    },
    flush: saver.flush,
    stop() {
      runs += 1;
      saver.stop();
      checker.forget();
      mapper.stop();
    },
  };
}

function mappingWords(draft: Draft): MappingWords {
  const normalize: FieldName = "config.response_mapping.normalize";
  return { extract: textOf(draft, "config.response_mapping.extract"), normalize: NORMALIZE.find((one) => one === textOf(draft, normalize)) ?? "none" };
}
