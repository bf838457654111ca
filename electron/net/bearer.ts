import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { BearerTokens } from "./oauth.ts";

/** What a connection needs to show who it is, and to get a new proof where the last one was refused. */
export interface Authorization {
  authorize(signal: AbortSignal): Promise<Result<Readonly<Record<string, string>>, Fault>>;
  renewAuthorization(): void;
}

/** Bearer tokens as the headers of one connection: it remembers which token it used, so that exactly that is renewed. */
export function bearerAuthorization(tokens: BearerTokens): Authorization {
  let used: string | null = null;
  return {
    async authorize(signal) {
      const token = await tokens.token(signal);
      if (!token.ok) return token;
      used = token.value;
      return ok({ authorization: `Bearer ${token.value}` });
    },
    renewAuthorization() {
      if (used !== null) tokens.renew(used);
    },
  };
}
