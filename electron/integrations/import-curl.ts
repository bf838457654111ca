import { type DefinitionProblem, type JsonValue, methodSchema } from "../../shared/integration.ts";
import type { ImportResult } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { fieldName, openDocument } from "../documents/document.ts";
import { englishProblems, quote } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { readJson } from "../documents/json-source.ts";
import { createLineTable } from "../documents/text-place.ts";
import { z } from "zod";
import type { CommandFault } from "./command-words.ts";
import { findHazards } from "./definition-hazards.ts";
import { isJsonType } from "./definition-headers.ts";
import { isForCmd, splitCmd } from "./import-cmd-words.ts";
import { type KeptHeader, sortHeaders } from "./import-curl-auth.ts";
import { type CurlArgument, type CurlCommand, type CurlPart, readCurl } from "./import-curl-options.ts";
import { asTold, draftImport } from "./import-draft.ts";
import { splitShell } from "./import-shell-words.ts";

type Faults = readonly CommandFault[];

const bodySchema = z.record(z.string(), z.json());

/**
 * Makes a draft of a pasted curl command, written for a POSIX shell or the Windows command prompt. Credentials are dropped:
 * the draft names a secret. What is not understood is refused with line and column, all at once as far as that can be.
 */
export function importCurl(text: string): ImportResult {
  const places = createLineTable(text);
  const problem = ({ at, message }: CommandFault, path = ""): DefinitionProblem => {
    const { line, column } = places(at);
    const [found, ...allowed] = message.split("; allowed: ");
    return { path, line, message: [`${found ?? ""} (column ${column})`, ...allowed].join("; allowed: ") };
  };
  const refused = (faults: Faults): ImportResult => ({ kind: "refused", problems: faults.toSorted((a, b) => a.at - b.at).map((fault) => problem(fault)) });

  const words = isForCmd(text) ? splitCmd(text) : splitShell(text);
  if (!words.ok) return refused([words.error]);
  const command = readCurl(words.value);
  if (!command.ok) return refused(command.error);
  return convert(command.value, refused, (wrong, at) => problem({ at, message: wrong.message }, asTold(wrong).path));
}

function convert(command: CurlCommand, refused: (faults: Faults) => ImportResult, explain: (problem: PathProblem, at: number) => DefinitionProblem): ImportResult {
  const given = (...parts: readonly CurlPart[]): CurlArgument | undefined => command.arguments.find(({ part }) => parts.includes(part));
  const address = readAddress(given("url"));
  const data = given("data", "data-raw", "json");
  const headers = sortHeaders(command.arguments, address.ok && address.value.login ? { at: address.value.at } : null);
  const body = readBody(data, headers.ok ? headers.value.kept : []);
  const method = readMethod(given("method"), data);
  const timeout = readTimeout(given("max-time"));
  if (!address.ok || !headers.ok || !body.ok || !method.ok || !timeout.ok) {
    return refused([address, headers, body, method, timeout].flatMap((one): Faults => (one.ok ? [] : one.error)));
  }
  const kept = keepHeaders(headers.value.kept, body.value.keys !== null);
  if (!kept.ok) return refused(kept.error);

  const { url, at } = address.value;
  const notes = [...address.value.notes, ...headers.value.notes, ...kept.value.notes, ...body.value.notes, ...timeout.value.notes];
  if (command.follows) notes.push("Left out: -L. Redirects are followed within the same host only.");
  // Browsers write the cookies of whoever copied the command so, and as a header.
  const cookies = given("cookie");
  if (cookies !== undefined) notes.push(`Left out: ${cookies.name}, the cookies, which are the session of a person.`);
  const placeOf = ({ path }: PathProblem): number => {
    if (path[1] === "headers") return headers.value.kept.find(({ name }) => name === path[2])?.at ?? at;
    return (path[1] === "request_mapping" ? data?.at : undefined) ?? at;
  };
  return draftImport(
    {
      name: `${method.value} ${URL.parse(url)?.host ?? ""}${URL.parse(url)?.pathname ?? ""}`,
      url,
      method: method.value,
      auth: headers.value.auth,
      headers: kept.value.headers,
      body: body.value.keys,
      ...(timeout.value.seconds === null ? {} : { timeoutSeconds: timeout.value.seconds }),
      notes,
    },
    (wrong) => explain(wrong, placeOf(wrong)),
  );
}

interface Address {
  readonly url: string;
  /** Whether it had a user name, which was taken out. */
  readonly login: boolean;
  readonly at: number;
  readonly notes: readonly string[];
}

function readAddress(argument: CurlArgument | undefined): Result<Address, Faults> {
  if (argument === undefined) return err([]);
  const { value, at } = argument;
  const rest = value.replace(/^https?:\/\/(?:\[[0-9A-Fa-f:.]+\])?/i, "");
  if (/[[\]{}]/.test(rest)) return err([{ at, message: "found an address with brackets, which stands for several; allowed: one whole address" }]);
  const hash = value.indexOf("#");
  const bare = hash === -1 ? value : value.slice(0, hash);
  const [, scheme = "", login] = /^([a-z]+:\/\/)([^/?#]*@)?/i.exec(bare) ?? [];
  return ok({
    url: login === undefined ? bare : `${scheme}${bare.slice(scheme.length + login.length)}`,
    login: login !== undefined && login !== "@",
    at,
    notes: hash === -1 ? [] : ["Left out: the fragment of the address (#…), which is never sent."],
  });
}

interface Body {
  readonly keys: Readonly<Record<string, JsonValue>> | null;
  readonly notes: readonly string[];
}

function readBody(data: CurlArgument | undefined, headers: readonly KeptHeader[]): Result<Body, Faults> {
  if (data === undefined || data.value === "") return ok({ keys: null, notes: [] });
  const wrong = (found: string): Result<Body, Faults> => err([{ at: data.at, message: `found ${found}; allowed: a JSON object` }]);
  const json = data.value;
  if (!/^\s*[[{]/.test(json)) return wrong(/^[^={}\s]+=/.test(json) ? "form data (name=value)" : "a text that is no JSON");
  const document = openDocument(json, readJson(json));
  const fault = document.faults[0];
  if (fault !== undefined) return wrong(`${fault.path.length === 0 ? "" : `in ${fieldName(fault.path)}: `}${(fault.message.split("; allowed: ")[0] ?? "").replace(/^found /, "")}`);
  const hazard = findHazards(document.value, englishProblems).problems[0];
  if (hazard !== undefined) return err([{ at: data.at, message: hazard.message }]);
  const keys = bodySchema.safeParse(document.value);
  if (!keys.success) return wrong("a JSON list");
  const told = data.part === "json" || headers.some(({ name }) => name.toLowerCase() === "content-type");
  return ok({ keys: keys.data, notes: told ? [] : ["The body is sent as JSON (Content-Type: application/json)."] });
}

function readMethod(argument: CurlArgument | undefined, data: CurlArgument | undefined): Result<string, Faults> {
  const method = argument === undefined ? (data === undefined ? "GET" : "POST") : argument.value.toUpperCase();
  if (argument !== undefined && !methodSchema.safeParse(method).success) return err([{ at: argument.at, message: `found the method ${quote(argument.value)}; allowed: ${methodSchema.options.join(", ")}` }]);
  return method === "GET" && data !== undefined && data.value !== "" ? err([{ at: data.at, message: "found a body with GET; allowed: none with GET, or another method" }]) : ok(method);
}

interface Timeout {
  readonly seconds: number | null;
  readonly notes: readonly string[];
}

function readTimeout(argument: CurlArgument | undefined): Result<Timeout, Faults> {
  if (argument === undefined) return ok({ seconds: null, notes: [] });
  const given = /^\d+(?:\.\d+)?$/.test(argument.value) ? Number(argument.value) : Number.NaN;
  if (!(given > 0 && given <= 120)) return err([{ at: argument.at, message: `found ${argument.name} ${quote(argument.value)}; allowed: 1 to 120 seconds` }]);
  const seconds = Math.ceil(given);
  return ok({ seconds, notes: [...(seconds === given ? [] : [`The time of ${given} s became ${seconds} s: whole seconds only.`]), ...(seconds === 30 ? [] : ["The time holds for each attempt, not for all together."])] });
}

/** Without a body its type says nothing; with one it must be JSON. */
function keepHeaders(kept: readonly KeptHeader[], hasBody: boolean): Result<{ readonly headers: Readonly<Record<string, string>>; readonly notes: readonly string[] }, Faults> {
  const headers = new Map<string, string>();
  const notes: string[] = [];
  for (const { name, value, at } of kept) {
    const foreign = name.toLowerCase() === "content-type" && !isJsonType(value);
    if (foreign && hasBody) return err([{ at, message: "found a type of content that is not JSON; allowed: application/json" }]);
    if (headers.has(name)) return err([{ at, message: `found the header ${name} a second time; allowed: each once` }]);
    if (foreign) notes.push("Left out: the header Content-Type, since nothing is sent.");
    else headers.set(name, value);
  }
  return ok({ headers: Object.fromEntries(headers), notes });
}
