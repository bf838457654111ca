import { err, ok, type Result } from "../../shared/result.ts";
import type { CommandFault } from "./command-words.ts";
import { isSecretHeader } from "./definition-secrets.ts";
import { whyOurHeader } from "./definition-headers.ts";
import type { CurlArgument } from "./import-curl-options.ts";
import type { ImportedAuth } from "./import-draft.ts";

/** A header that is kept, and where it was given. */
export interface KeptHeader {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export interface SortedHeaders {
  readonly auth: ImportedAuth | null;
  readonly kept: readonly KeptHeader[];
  readonly notes: readonly string[];
}

type Sorted =
  | { readonly kind: "auth"; readonly auth: ImportedAuth; readonly at: number }
  | { readonly kind: "kept"; readonly header: KeptHeader }
  | { readonly kind: "left-out"; readonly note: string }
  | { readonly kind: "refused"; readonly fault: CommandFault };

const ONE_LINE = "a header as Name: value";

/**
 * Sorts what a curl command says of headers and credentials: the way of authentication (its value is dropped here and goes
 * nowhere), headers to keep, headers that the program sets itself. `login`: the address had a user name in it.
 */
export function sortHeaders(args: readonly CurlArgument[], login: { readonly at: number } | null): Result<SortedHeaders, readonly CommandFault[]> {
  const sorted: Sorted[] = args.flatMap((argument): readonly Sorted[] => {
    if (argument.part === "user") return [basic(argument.at)];
    return argument.part === "header" ? [sortHeader(argument)] : [];
  });
  if (login !== null) sorted.push(basic(login.at));
  const auths = sorted.filter((one) => one.kind === "auth");
  const faults = [
    ...sorted.filter((one) => one.kind === "refused").map((one) => one.fault),
    ...auths.slice(1).map(({ at }): CommandFault => ({ at, message: "found a second authentication; allowed: one of -u, an Authorization header, a header with a key" })),
  ];
  if (faults.length > 0) return err(faults);
  return ok({
    auth: auths[0]?.auth ?? null,
    kept: sorted.filter((one) => one.kind === "kept").map((one) => one.header),
    notes: sorted.filter((one) => one.kind === "left-out").map((one) => one.note),
  });
}

function basic(at: number): Sorted {
  return { kind: "auth", at, auth: { type: "basic", header: "Authorization", of: "user name and password (user:password)" } };
}

function sortHeader({ value: text, at }: CurlArgument): Sorted {
  const parsed = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?::(.*)|;)\s*$/s.exec(text);
  if (parsed === null) return { kind: "refused", fault: { at, message: `found a header that is none; allowed: ${ONE_LINE}` } };
  const [, name = "", rest] = parsed;
  const value = (rest ?? "").trim();
  if (rest !== undefined && value === "") return { kind: "refused", fault: { at, message: `found the header ${name} without a value, with which curl leaves it out; allowed: ${ONE_LINE}` } };
  const low = name.toLowerCase();
  if (low === "authorization") return { kind: "auth", at, auth: authorization(value) };
  if (low === "proxy-authorization") return { kind: "refused", fault: { at, message: "found the header Proxy-Authorization; allowed: the service's own headers (a proxy belongs in the configuration, network.proxy)" } };
  if (low === "cookie") return { kind: "left-out", note: "Left out: the header Cookie, which is the session of a person." };
  if (isSecretHeader(name)) return { kind: "auth", at, auth: { type: "api_key", header: name, of: `the value of the header ${name}` } };
  const why = whyOurHeader(name) ?? (low === "accept-encoding" ? "the program knows what it can read" : null);
  return why === null ? { kind: "kept", header: { name, value, at } } : { kind: "left-out", note: `Left out: the header ${name}, since ${why}.` };
}

/** A scheme that is not known goes into the header together with the credentials. */
function authorization(value: string): ImportedAuth {
  const scheme = /^([\w-]+)(?:\s|$)/.exec(value)?.[1] ?? "";
  if (/^bearer$/i.test(scheme)) return { type: "bearer", header: "Authorization", of: "the token (without Bearer)" };
  if (/^basic$/i.test(scheme)) return { type: "basic", header: "Authorization", of: "user name and password (user:password, not encoded)" };
  return { type: "api_key", header: "Authorization", of: "the whole value of the header Authorization, its first word included where it has several" };
}
