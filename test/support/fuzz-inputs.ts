import * as fc from "fast-check";
import { assertNever } from "../../shared/assert-never.ts";
import { commandNames, type CommandName } from "../../shared/command-names.ts";
import type { CommandInput } from "../../shared/panel.ts";

/** Stands where a person's words or a secret would: no message may quote it. */
export const PLANTED = "hunter2 4929 1234 5678 9012";

const everything = { from: null, to: null, channel: null, queue: null, agentId: null };

/** One input per command that is taken by the program of `fuzz-program.ts`, as long as it is in role supervisor. */
export const validInputs: { readonly [N in CommandName]: CommandInput<N> } = {
  "panel.snapshot": {},
  "interaction.close": { interactionId: "done" },
  "suggestion.record": { interactionId: "live", suggestionId: "x", disposition: "copied" },
  "suggestion.pin": { interactionId: "live", suggestionId: "x", pinned: true },
  "suggestions.reveal": { interactionId: "live" },
  "connection.retry": { name: "stream" },
  "simulations.load": { name: "suite.yaml", part: 0, parts: 1, text: "cases: []" },
  "simulations.example": {},
  "simulations.run": { which: "all", repeat: 1 },
  "simulations.cancel": {},
  "simulations.case": { testId: "test_1" },
  "simulations.pin": { pinned: true },
  "simulations.export": { format: "junit" },
  "bridge.answerer": { interactionId: "live", answerer: "agent" },
  "bridge.send": { interactionId: "live", text: "Good morning", suggestionId: "x" },
  "bridge.undo": { deliveryId: "d" },
  "bridge.send-again": { deliveryId: "d" },
  "bridge.settle": { deliveryId: "d", arrived: true },
  "bridge.replay": { ids: ["a", "b"] },
  "bridge.discard": { ids: ["a"] },
  "integrations.example": {},
  "integrations.open": { key: "k" },
  "integrations.check": { draft: { name: "orders", config: { url: "https://example.com", headers: { accept: "x" } } } },
  "integrations.import": { text: "curl https://example.com" },
  "integrations.save": { key: null, draft: { name: "orders" } },
  "integrations.delete": { key: "k" },
  "integrations.try": { draft: { name: "orders" }, payload: { order: [1, 2, { three: null }] } },
  "integrations.map": { source: { kind: "text", text: "{}" }, extract: "*", normalize: "none" },
  "integrations.keep-fixture": { key: "k", name: "first", tryId: "t" },
  "integrations.drop-fixture": { key: "k", name: "first" },
  "integrations.register": { key: "k" },
  "secrets.put": { name: "EXTERNAL_API_KEY", value: "s" },
  "secrets.delete": { name: "EXTERNAL_API_KEY" },
  "secrets.test": { name: "EXTERNAL_API_KEY" },
  "settings.change": { display: { quiet: true } },
  "desktop.record": { recording: true },
  "desktop.change": { dock: "left" },
  "panel.viewing": { interactionId: "live" },
  "health.check": {},
  "health.stop": {},
  "diagnostics.export": {},
  "updates.check": {},
  "updates.install": {},
  "updates.later": {},
  "history.facets": {},
  "history.search": { text: "parcel", filter: everything, limit: 10, after: null },
  "history.open": { interactionId: "live" },
  "history.forget": { interactionId: "done" },
  "history.forget-customer": { name: "Jane", dry: true },
  "overview.read": { source: "team", filter: everything, zone: "Europe/Berlin" },
  "overview.export": { source: "desk", filter: everything, zone: "UTC" },
  "workshop.rehearse": { triggers: { sentimentThreshold: 0 }, policy: {}, filter: everything, interactions: 10 },
  "workshop.draft": {},
  "workshop.keep-draft": { draft: { triggers: { sentimentThreshold: 0 }, policy: {}, keywords: { added: ["rebate"], removed: [] }, prohibitedPhrases: { added: [], removed: ["a promise"] } } },
  "practice.start": { callId: "c", speed: 1, fault: "none" },
  "practice.stop": {},
  "practice.free": {},
  "practice.moments": { scoreId: "s" },
  "setup.show": { step: "connect" },
  "setup.enter": { system: "assist", fields: [{ key: "orgDomain", value: "example.com" }] },
  "setup.secret": { name: "COGNIGY_CLIENT_SECRET", value: "s" },
  "setup.try": { system: "assist" },
  "setup.save": { system: "assist" },
  "setup.undo": { system: "assist" },
  "setup.leave": { to: "practice" },
  "notice.dismiss": { id: "n" },
};

/** Keys and names that every object inherits, or that mean something to whoever copies objects. */
const TREACHEROUS = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "then", "toJSON", "length", ""] as const;

/** Names of commands, right and wrong. */
export const names = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string>(...commandNames) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...TREACHEROUS, "panel", "panel.", "PANEL.SNAPSHOT", "panel.snapshot ", "panel.snapshot\u0000", "panel/snapshot", PLANTED) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 50_000 }).map((length) => "n".repeat(length)) },
);

function nested(depth: number, keyed: boolean): unknown {
  let value: unknown = PLANTED;
  for (let level = 0; level < depth; level += 1) value = keyed ? { a: value } : [value];
  return value;
}

/** A piece of an input that no command wants, of what JSON can say. */
const hostilePiece: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1e308, -0, 2 ** 53, "", PLANTED, [], {}, [[]], "__proto__", "../../etc/passwd", "\u0000", "\uD800", "\u202Eevil"),
  fc.integer({ min: 190, max: 12_000 }).map((length) => PLANTED.repeat(Math.ceil(length / PLANTED.length)).slice(0, length)),
  // No deeper than those who send it can bear: text and clones are made by recursion.
  fc.integer({ min: 90, max: 2_000 }).map((depth) => nested(depth, false)),
  fc.integer({ min: 90, max: 1_000 }).map((depth) => nested(depth, true)),
  fc.integer({ min: 0, max: 20_000 }).map((length) => Array.from({ length }, () => 0)),
  fc.constantFrom(...TREACHEROUS).map((key) => JSON.parse(`{${JSON.stringify(key)}: {"polluted": true, "kind": "text"}}`) as unknown),
  fc.jsonValue(),
);

/** A valid input with something done to it, anywhere in it. */
function mutated(valid: unknown): fc.Arbitrary<unknown> {
  const places = [...pathsOf(valid)];
  const keys = fc.oneof(fc.constantFrom<string>(...TREACHEROUS, "more"), fc.string({ maxLength: 300 }));
  return fc.record({ path: fc.constantFrom(...places), act: fc.constantFrom("replace", "drop", "add", "wrap"), key: keys, piece: hostilePiece }).map(({ path, act, key, piece }) => {
    switch (act) {
      case "add":
        return changed(valid, path, (found) => (typeof found === "object" && found !== null ? withKey(found, key, piece) : piece));
      case "wrap":
        return changed(valid, path, (found) => [found]);
      case "drop":
        return changed(valid, path, () => undefined);
      case "replace":
        return changed(valid, path, () => piece);
      default:
        return assertNever(act);
    }
  });
}

/** An input for a command of what JSON can say: the valid one, mutations of it, another command's, or anything. */
export function jsonInputs(name: string): fc.Arbitrary<unknown> {
  const own = Object.hasOwn(validInputs, name) ? validInputs[name as CommandName] : {};
  // What is dropped whole would be no part of the text at all, so no call.
  return fc
    .oneof(
      { weight: 1, arbitrary: fc.constant<unknown>(own) },
      { weight: 8, arbitrary: mutated(own) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(...Object.values(validInputs)) },
      { weight: 2, arbitrary: hostilePiece },
    )
    .map((input) => JSON.parse(JSON.stringify(input ?? null)) as unknown);
}

/** Besides, what only structured clone carries: rings, holes, dates, maps, typed arrays, numbers that JSON does not know. */
export function clonedInputs(name: string): fc.Arbitrary<unknown> {
  const strange = fc.oneof(
    fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true }),
    fc.constantFrom<() => unknown>(ring, () => new Date(Number.NaN), () => new Map([["id", "n"]]), () => new Error(PLANTED), () => /x/u, () => new ArrayBuffer(1_000_000), () => 10n, () => Number.NaN, () => Object.assign([], { id: "n" }), sparse, getter).map((make) => make()),
  );
  const own = Object.hasOwn(validInputs, name) ? validInputs[name as CommandName] : {};
  return fc.oneof(
    { weight: 3, arbitrary: jsonInputs(name) },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...pathsOf(own)), strange).map(([path, piece]) => changed(own, path, () => piece)) },
  );
}

/** What a page could try to send, and structured clone does not carry. */
export const uncloneable: readonly unknown[] = [() => {}, Symbol("s"), new Proxy({ id: "n" }, {}), { id: () => "n" }, { get id() { throw new Error(PLANTED); } }, Promise.resolve({}), new WeakMap()];

function ring(): unknown {
  const made: Record<string, unknown> = { id: "n" };
  made["self"] = [made];
  return made;
}

function sparse(): unknown {
  const made: unknown[] = [];
  made.length = 4_000_000_000;
  return made;
}

function getter(): unknown {
  return Object.defineProperty({}, "id", { enumerable: true, get: () => "n" });
}

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* pathsOf(member, [...path, key]);
}

/** A copy in which the place at `path` is what `act` makes of it; undefined leaves it out. */
function changed(value: unknown, path: Path, act: (found: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return act(value);
  if (typeof value !== "object" || value === null) return value;
  const made = changed(Reflect.get(value, key), rest, act);
  if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === key ? made : one));
  const copy: Record<string, unknown> = { ...value };
  if (made === undefined) delete copy[key];
  else copy[key] = made;
  return copy;
}

/** Own, whatever the key is called. */
function withKey(found: object, key: string, value: unknown): unknown {
  const copy: object = Array.isArray(found) ? [...(found as unknown[])] : { ...found };
  return Object.defineProperty(copy, key === "length" ? "length2" : key, { value, enumerable: true, configurable: true, writable: true });
}
