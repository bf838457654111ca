import { idSchema } from "../../shared/interaction.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** The scheme that the installers register for the program. */
export const LINK_SCHEME = "callside";
/** No id that the platforms give fills half of it, even with every character encoded. */
const MAX_LINK_LENGTH = 500;
/** C0, DEL and C1: nothing that a person can see, and much that a log or a terminal obeys. */
const CONTROL = /\p{Cc}/u;
/** What may stand in one segment of a path (RFC 3986, section 3.3); all else has to be percent-encoded. */
const SEGMENT = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+$/u;
/** Segments that mean another path, in whichever spelling (RFC 3986, section 3.3). */
const DOTS = /^(?:\.|%2e){1,2}$/iu;

/** Whether an argument of the command line is meant to be a link of ours, however wrong: only its beginning is looked at. */
export function looksLikeLink(argument: string): boolean {
  return argument.slice(0, LINK_SCHEME.length + 1).toLowerCase() === `${LINK_SCHEME}:`;
}

/**
 * Reads `callside://interaction/{id}`, which any page or program may send: gives the id, decoded once, which says
 * nothing of whether there is such an interaction. In `error` why it is refused, in words that quote nothing of it.
 */
export function parseLink(text: string): Result<string, string> {
  if (text.length > MAX_LINK_LENGTH) return err(`longer than ${MAX_LINK_LENGTH} characters`);
  if (CONTROL.test(text)) return err("a control character in it");
  // Not `URL`: it mends what is wrong, and drops what it does not know.
  const parts = /^callside:\/\/([^/?#]*)(\/[^?#]*)?(\?[^#]*)?(#.*)?$/u.exec(text);
  if (parts === null) return err(`not of the form ${LINK_SCHEME}://`);
  const [, authority = "", path = "", query, fragment] = parts;
  if (authority.includes("@")) return err("a user name in it");
  if (authority.includes(":")) return err("a port in it");
  if (authority !== "interaction") return err("not about an interaction");
  if (query !== undefined) return err("a query in it");
  if (fragment !== undefined) return err("a fragment in it");
  const segment = path.slice(1);
  if (segment.includes("/")) return err("more than one path segment");
  if (segment === "" || DOTS.test(segment)) return err("no id in it");
  if (!SEGMENT.test(segment)) return err("a character that has to be percent-encoded");
  const id = decode(segment);
  if (id === null) return err("percent-encoding that is no text");
  if (CONTROL.test(id)) return err("a control character in the id");
  return idSchema.safeParse(id).success ? ok(id) : err("an id longer than any");
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
