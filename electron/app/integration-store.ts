import { isDeepStrictEqual } from "node:util";
import type { Fault } from "../../shared/fault.ts";
import type { Registration } from "../../shared/integration.ts";
import type { Draft } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createIntegrationFolder, NO_STATE, type FiledIntegration, type IntegrationFolder, type IntegrationFolderOptions, type IntegrationState } from "./integration-folder.ts";
import { newKey } from "./integration-key.ts";

const MAX_INTEGRATIONS = 500;
const MAX_FIXTURES = 50;
const MAX_FIXTURE_BYTES = 1_000_000;
/** Older registrations are forgotten: each holds a definition. */
const MAX_REGISTRATIONS = 20;

/** The definitions that are kept here. Everything that changes them is on the disk when it resolves. */
export interface IntegrationStore extends AsyncDisposable {
  /** In the order of their keys. */
  all(): readonly FiledIntegration[];
  find(key: string): FiledIntegration | null;
  /**
   * Keeps a draft; without a key as a new one. The key of one that was deleted since the program began brings it back with
   * all that belongs to it. Gives the key.
   */
  save(key: string | null, draft: Draft): Promise<Result<string, Fault>>;
  delete(key: string): Promise<Result<null, Fault>>;
  addRegistration(key: string, registration: Registration): Promise<Result<null, Fault>>;
  /** Keeps `text`, which is JSON, under `name`; one of that name is replaced. */
  putFixture(key: string, name: string, text: string): Promise<Result<null, Fault>>;
  dropFixture(key: string, name: string): Promise<Result<null, Fault>>;
  fixture(key: string, name: string): Promise<Result<string, Fault>>;
}

export interface IntegrationStoreOptions extends IntegrationFolderOptions {
  /** Hears of files that were damaged and have been set aside. */
  readonly onDamaged: (paths: readonly string[]) => void;
}

/** Reads the folder. The fault: it cannot be read. Files that are put there later are seen when it is opened again. */
export async function openIntegrationStore(options: IntegrationStoreOptions): Promise<Result<IntegrationStore, Fault>> {
  const folder = createIntegrationFolder(options);
  const read = await folder.read();
  if (!read.ok) return read;
  const { integrations, keys, damaged } = read.value;
  if (damaged.length > 0) options.onDamaged(damaged);
  // Of a program that ended before it could.
  for (const { key, state } of integrations) if (state.deleted) await folder.removeRest(key, state);
  return ok(createStore(folder, integrations.filter(({ state }) => !state.deleted), new Set(keys), options.now));
}

/** `known`: keys that no new definition gets. */
function createStore(folder: IntegrationFolder, kept: readonly FiledIntegration[], known: ReadonlySet<string>, now: () => number): IntegrationStore {
  const here = new Map(kept.map((one) => [one.key, one]));
  /** Deleted since the program began. */
  const gone = new Map<string, FiledIntegration>();
  let turn: Promise<unknown> = Promise.resolve();
  /** One change at a time, so that none is written from what another has just replaced. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const changed = async (key: string, change: (state: IntegrationState) => IntegrationState): Promise<Result<null, Fault>> => {
    const one = here.get(key);
    if (one === undefined) return noSuch(key);
    const state = change(one.state);
    const written = await folder.writeState(key, state);
    if (written.ok) here.set(key, { ...one, state });
    return written;
  };

  const restored = async (one: FiledIntegration, draft: Draft): Promise<Result<string, Fault>> => {
    const written = await folder.writeDraft(one.key, draft);
    if (!written.ok) return written;
    const state = { ...one.state, deleted: false };
    here.set(one.key, { key: one.key, draft, state });
    gone.delete(one.key);
    const told = await folder.writeState(one.key, state);
    return told.ok ? ok(one.key) : told;
  };

  const save = async (key: string | null, draft: Draft): Promise<Result<string, Fault>> => {
    const before = key === null ? undefined : here.get(key);
    const deleted = key === null ? undefined : gone.get(key);
    if (key !== null && before === undefined && deleted === undefined) return noSuch(key);
    if (before !== undefined && isDeepStrictEqual(before.draft, draft)) return ok(before.key);
    if (before === undefined && here.size >= MAX_INTEGRATIONS) return refused("not-allowed", `${MAX_INTEGRATIONS} integrations are kept; delete one that is not needed any more`);
    if (deleted !== undefined) return restored(deleted, draft);
    const taken = before?.key ?? newKey(draft, (wanted) => here.has(wanted) || gone.has(wanted) || known.has(wanted));
    const written = await folder.writeDraft(taken, draft);
    if (!written.ok) return written;
    here.set(taken, { key: taken, draft, state: before?.state ?? NO_STATE });
    return ok(taken);
  };

  const remove = async (key: string): Promise<Result<null, Fault>> => {
    const one = here.get(key);
    if (one === undefined) return noSuch(key);
    // Marked first: a state without its definition would otherwise be taken for what a damaged one left behind.
    const marked = await folder.writeState(key, { ...one.state, deleted: true });
    if (!marked.ok) return marked;
    const removed = await folder.removeDraft(key);
    if (!removed.ok) return removed;
    here.delete(key);
    gone.set(key, one);
    return ok(null);
  };

  const putFixture = async (key: string, name: string, text: string): Promise<Result<null, Fault>> => {
    const one = here.get(key);
    if (one === undefined) return noSuch(key);
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_FIXTURE_BYTES) return refused("invalid-input", `the reply has ${bytes.toLocaleString("en")} bytes; a fixture may have ${MAX_FIXTURE_BYTES.toLocaleString("en")}`);
    const { fixtures } = one.state;
    const same = fixtures.find((fixture) => fixture.name === name);
    if (same === undefined && fixtures.length >= MAX_FIXTURES) return refused("not-allowed", `${MAX_FIXTURES} fixtures are kept of this integration; drop one first`);
    const file = same?.file ?? freeFile(key, new Set(fixtures.map((fixture) => fixture.file)));
    const written = await folder.writeFixture(file, text);
    if (!written.ok) return written;
    return changed(key, (state) => ({ ...state, fixtures: [{ name, file, bytes, at: now() }, ...state.fixtures.filter((fixture) => fixture.name !== name)] }));
  };

  const dropFixture = async (key: string, name: string): Promise<Result<null, Fault>> => {
    const found = fixtureOf(here.get(key), key, name);
    if (!found.ok) return found;
    const forgotten = await changed(key, (state) => ({ ...state, fixtures: state.fixtures.filter((fixture) => fixture.name !== name) }));
    return forgotten.ok ? folder.removeFixture(found.value) : forgotten;
  };

  return {
    all: () => [...here.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    find: (key) => here.get(key) ?? null,
    save: (key, draft) => inTurn(() => save(key, draft)),
    delete: (key) => inTurn(() => remove(key)),
    addRegistration: (key, registration) =>
      inTurn(() => changed(key, (state) => ({ ...state, registrations: [registration, ...state.registrations].slice(0, MAX_REGISTRATIONS) }))),
    putFixture: (key, name, text) => inTurn(() => putFixture(key, name, text)),
    dropFixture: (key, name) => inTurn(() => dropFixture(key, name)),
    async fixture(key, name) {
      const found = fixtureOf(here.get(key), key, name);
      if (!found.ok) return found;
      const text = await folder.readFixture(found.value);
      if (!text.ok) return text;
      return text.value === null ? refused("not-found-here", `the file of the fixture ${JSON.stringify(name)} is gone`) : ok(text.value);
    },
    async [Symbol.asyncDispose]() {
      await inTurn(async () => {
        for (const { key, state } of gone.values()) await folder.removeRest(key, state);
      });
    },
  };
}

function fixtureOf(one: FiledIntegration | undefined, key: string, name: string): Result<string, Fault> {
  if (one === undefined) return noSuch(key);
  const found = one.state.fixtures.find((fixture) => fixture.name === name);
  return found === undefined ? refused("not-found-here", `no fixture ${JSON.stringify(name)} is kept of this integration`) : ok(found.file);
}

function freeFile(key: string, taken: ReadonlySet<string>): string {
  let count = 1;
  while (taken.has(`${key}.fixture-${count}.json`)) count += 1;
  return `${key}.fixture-${count}.json`;
}

function noSuch(key: string): Result<never, Fault> {
  return refused("not-found-here", `no integration ${JSON.stringify(key.slice(0, 80))} is kept here`);
}

function refused(code: "not-found-here" | "not-allowed" | "invalid-input", detail: string): Result<never, Fault> {
  return err({ kind: "policy", code, detail });
}
