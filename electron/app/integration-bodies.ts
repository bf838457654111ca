import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import type { MapInput } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { jsonOf } from "./integration-folder.ts";

/** Replies that are remembered; the oldest are forgotten first, and the newest is kept whatever its size. */
const MAX_REPLIES = 20;
const MAX_BYTES = 25_000_000;

interface Reply {
  readonly body: JsonValue;
  readonly bytes: number;
}

/** The bodies that mappings can be tried on. */
export interface IntegrationBodies {
  /** Remembers the reply of a try. */
  remember(tryId: string, reply: Reply): void;
  replyOf(tryId: string): Result<JsonValue, Fault>;
  /** What is to be mapped; the body of a fixture is read once and kept while it is the one in use. */
  bodyOf(source: MapInput["source"]): Promise<Result<JsonValue, Fault>>;
  /** A fixture is another now, or gone. */
  forgetFixture(): void;
}

/** `fixture` reads the text of one. */
export function createIntegrationBodies(fixture: (key: string, name: string) => Promise<Result<string, Fault>>): IntegrationBodies {
  const replies = new Map<string, Reply>();
  let latest: { readonly key: string; readonly name: string; readonly body: JsonValue } | null = null;

  const replyOf = (tryId: string): Result<JsonValue, Fault> => {
    const found = replies.get(tryId);
    return found === undefined ? refused("not-found-here", "the reply of this try is not remembered any more; run it again") : ok(found.body);
  };
  const fixtureBody = async (key: string, name: string): Promise<Result<JsonValue, Fault>> => {
    if (latest?.key === key && latest.name === name) return ok(latest.body);
    const text = await fixture(key, name);
    if (!text.ok) return text;
    const body = jsonOf(text.value);
    if (body === undefined) return refused("invalid-input", `the fixture ${JSON.stringify(name)} is no JSON any more`);
    latest = { key, name, body };
    return ok(body);
  };

  return {
    remember(tryId, reply) {
      replies.set(tryId, reply);
      let bytes = Array.from(replies.values()).reduce((sum, one) => sum + one.bytes, 0);
      for (const [oldest, one] of replies) {
        if (replies.size <= 1 || (replies.size <= MAX_REPLIES && bytes <= MAX_BYTES)) return;
        replies.delete(oldest);
        bytes -= one.bytes;
      }
    },
    replyOf,
    async bodyOf(source) {
      if (source.kind === "try") return replyOf(source.tryId);
      if (source.kind === "fixture") return fixtureBody(source.key, source.name);
      const body = jsonOf(source.text);
      return body === undefined ? refused("invalid-input", "the text is no JSON") : ok(body);
    },
    forgetFixture() {
      latest = null;
    },
  };
}

function refused(code: "not-found-here" | "invalid-input", detail: string): Result<never, Fault> {
  return err({ kind: "policy", code, detail });
}
