import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { DefinitionProblem, IntegrationDefinition, Registration } from "../../shared/integration.ts";
import type { Draft, IntegrationsView } from "../../shared/integration-view.ts";
import type { CommandOutput } from "../../shared/panel.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { FilePort } from "../files/file-port.ts";
import type { IntegrationCommands } from "../host/integration-commands.ts";
import { importText } from "../integrations/import-text.ts";
import { mapResponse } from "../integrations/mapping.ts";
import { createIntegrationBodies } from "./integration-bodies.ts";
import { shownMapping, shownRun } from "./integration-shown.ts";
import { openIntegrationStore, type IntegrationStore } from "./integration-store.ts";
import type { IntegrationsBench } from "./integrations-bench.ts";
import { createIntegrationsNotices } from "./integrations-notices.ts";
import { createCheckedDrafts, viewOf } from "./integrations-view.ts";
import type { Notices } from "./notices.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";
import { createViewTeller } from "./view-teller.ts";

/** The whole view at most four times a second: it is figures. */
const VIEW_MS = 250;
/** More are not told in one sentence. */
const MAX_TOLD = 3;

export interface IntegrationsDeskOptions {
  readonly bench: IntegrationsBench;
  readonly clock: Clock;
  readonly files: FilePort;
  /** The folder of the definitions. */
  readonly folder: string;
  readonly newId: () => string;
  readonly notices: Notices;
  /** The definition that comes with the program; null outside of practice. */
  readonly example: () => Promise<CommandOutput<"integrations.example"> | null>;
  readonly isSupervised: () => boolean;
  readonly publish: (update: PanelUpdate) => void;
  /** English unless given. */
  readonly speech?: Pick<Speech, "words">;
  readonly onBug: (bug: unknown) => void;
}

/** The supervisor's view of integrations: what it shows is published, what it asks for is done. */
export interface IntegrationsDesk extends AsyncDisposable {
  /** Null while integrations are off. */
  commands(): IntegrationCommands | null;
  /** They may have been switched on or off, or the role has changed. */
  switched(): void;
  /** Time has passed: pauses end by themselves. */
  tick(): void;
}

/** Binds the view to the bench and to what is kept. Disposing cancels what is under way. */
export function createIntegrationsDesk(options: IntegrationsDeskOptions): IntegrationsDesk {
  const { bench, clock, onBug } = options;
  const { speech = englishSpeech } = options;
  const drafts = createCheckedDrafts(() => speech.words().problems);
  const told = createIntegrationsNotices(options.notices);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const registering = new Set<string>();
  let shown: IntegrationsView | null = null;
  let store: IntegrationStore | null = null;
  let opening: Promise<Result<IntegrationStore, Fault>> | null = null;

  const view = (): IntegrationsView | null => {
    if (!bench.isOn() || !options.isSupervised()) return null;
    return viewOf(store?.all() ?? [], drafts, (id, url) => bench.stats(id, url), bench.secrets.view());
  };
  const teller = createViewTeller(clock, VIEW_MS, () => {
    const next = view();
    if (isDeepStrictEqual(next, shown)) return;
    shown = next;
    options.publish({ kind: "integrations", view: next });
  });
  const changed = (): void => {
    if (options.isSupervised() && !closing.signal.aborted) teller.soon();
  };

  /** Waited for at the end, so that nothing is cut in the middle of being written. */
  const follow = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };

  const openStore = async (): Promise<Result<IntegrationStore, Fault>> => {
    const opened = await openIntegrationStore({
      files: options.files,
      folder: options.folder,
      now: () => clock.now(),
      onDamaged: (paths) => {
        told.damaged(paths);
      },
    });
    told.folder(opened.ok ? null : opened.error.detail);
    if (opened.ok) store = opened.value;
    else opening = null;
    return opened;
  };
  /** Opened once; where that failed, the next command tries again. */
  const kept = (): Promise<Result<IntegrationStore, Fault>> => (opening ??= follow(openStore()));
  const withStore = async <T>(work: (store: IntegrationStore) => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    if (closing.signal.aborted) return refuse("aborted", "the program is closing");
    const opened = await kept();
    if (!opened.ok) return opened;
    const done = await follow(work(opened.value));
    changed();
    return done;
  };
  /** Of the names that definitions ask for the view says whether the environment has a value. */
  const lookAtSecrets = async (): Promise<void> => {
    bench.secrets.watch((store?.all() ?? []).flatMap(({ draft }) => secretName(drafts.of(draft).definition)));
    if (await bench.secrets.look()) changed();
  };

  const bodies = createIntegrationBodies((key, name) => withStore((it) => it.fixture(key, name)));

  const sound = (draft: Draft): Result<IntegrationDefinition, Fault> => {
    const { definition, problems } = drafts.of(draft);
    return definition === null ? refuse("invalid-input", problemWords(problems)) : ok(definition);
  };
  /** The platform's id of the definition that is kept, where this is it. */
  const registeredId = (definition: IntegrationDefinition): string | null => {
    const all = store?.all() ?? [];
    const same = all.find(({ draft }) => isDeepStrictEqual(drafts.of(draft).definition, definition));
    const named = same ?? all.find(({ draft }) => draft["name"] === definition.name);
    return named?.state.registrations[0]?.id ?? null;
  };

  const register = async (it: IntegrationStore, key: string): Promise<Result<Registration, Fault>> => {
    const one = it.find(key);
    if (one === null) return refuse("not-found-here", `no integration ${JSON.stringify(key.slice(0, 80))} is kept here`);
    const definition = sound(one.draft);
    if (!definition.ok) return definition;
    const registered = await bench.register(definition.value, closing.signal);
    if (!registered.ok) return registered;
    const written = await it.addRegistration(key, registered.value);
    if (!written.ok) return refuse("disk", `it is registered as ${registered.value.id}, but that could not be kept: ${written.error.detail}`);
    return registered;
  };

  const commands: IntegrationCommands = {
    async example() {
      const example = await options.example();
      return example === null ? refuse("not-found-here", "an example is there in practice mode only") : ok(example);
    },
    open: (key) =>
      withStore(async (it) => {
        const one = it.find(key);
        if (one === null) return refuse("not-found-here", `no integration ${JSON.stringify(key.slice(0, 80))} is kept here`);
        const { registrations, fixtures } = one.state;
        return ok({ key, draft: one.draft, problems: drafts.of(one.draft).problems, registrations, fixtures: fixtures.map(({ name, bytes, at }) => ({ name, bytes, at })) });
      }),
    check: (draft) => ({ problems: drafts.of(draft).problems }),
    import: importText,
    save: (key, draft) =>
      withStore(async (it) => {
        const saved = await it.save(key, draft);
        lookAtSecrets().catch(onBug);
        return saved;
      }),
    delete: (key) => withStore((it) => it.delete(key)),
    async try(draft, payload) {
      const definition = sound(draft);
      if (!definition.ok) return definition;
      const tryId = options.newId();
      await kept();
      const ran = await bench.run(definition.value, registeredId(definition.value), payload, closing.signal);
      if (!ran.ok) return ran;
      if (ran.value.kind !== "failed") bodies.remember(tryId, ran.value.execution);
      lookAtSecrets().catch(onBug);
      return shownRun(tryId, ran.value);
    },
    async map({ source, extract, normalize }) {
      const body = await bodies.bodyOf(source);
      return body.ok ? ok(shownMapping(mapResponse(body.value, { extract, normalize }))) : body;
    },
    async keepFixture(key, name, tryId) {
      const body = bodies.replyOf(tryId);
      if (!body.ok) return body;
      bodies.forgetFixture();
      return withStore((it) => it.putFixture(key, name, JSON.stringify(body.value)));
    },
    dropFixture(key, name) {
      bodies.forgetFixture();
      return withStore((it) => it.dropFixture(key, name));
    },
    async register(key) {
      if (registering.has(key)) return refuse("not-allowed", "it is being registered already");
      registering.add(key);
      try {
        return await withStore((it) => register(it, key));
      } finally {
        registering.delete(key);
      }
    },
    secrets: {
      put: (name, value) => bench.secrets.put(name, value),
      delete: (name) => bench.secrets.delete(name),
      async test(name) {
        const tested = await bench.secrets.test(name);
        lookAtSecrets().catch(onBug);
        return tested;
      },
    },
  };

  /** What is kept is there from the first telling on; a key store may take its time. */
  const switched = async (): Promise<void> => {
    if (bench.isOn() && options.isSupervised() && !closing.signal.aborted) {
      await kept();
      lookAtSecrets().catch(onBug);
    }
    if (!closing.signal.aborted) teller.now();
  };
  const tellSwitched = (): void => {
    follow(switched()).catch(onBug);
  };
  bench.onSwitched(tellSwitched);
  bench.onChanged(changed);

  return {
    commands: () => (bench.isOn() ? commands : null),
    switched: tellSwitched,
    tick: () => {
      if (shown?.rows.some(({ stats }) => stats.pausedUntil !== null) === true) changed();
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(underWay);
      teller[Symbol.dispose]();
      await store?.[Symbol.asyncDispose]();
    },
  };
}

function secretName(definition: IntegrationDefinition | null): readonly string[] {
  return definition === null || definition.config.auth_type === "none" ? [] : [definition.config.secret];
}

function problemWords(problems: readonly DefinitionProblem[]): string {
  const first = problems.slice(0, MAX_TOLD).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  const more = problems.length > MAX_TOLD ? [`and ${problems.length - MAX_TOLD} more`] : [];
  return [...first, ...more].join("; ");
}

function refuse(code: FaultCode, detail: string): Result<never, Fault> {
  return err({ kind: code === "aborted" || code === "disk" ? "transport" : "policy", code, detail });
}
