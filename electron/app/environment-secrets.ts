import type { Config } from "../config/complete-config.ts";
import { proxySecrets } from "../net/proxy-choice.ts";
import type { AppPorts } from "./app-ports.ts";

/** The secrets that the environment holds, by the names of contract 0 and those that the configuration gives, and those of its proxy. */
export function secretsOf(env: AppPorts["env"], { tunnel }: Config): readonly string[] {
  const named = new Set(tunnel?.webhooks.flatMap((webhook) => (typeof webhook === "string" ? [] : [webhook.secret])));
  const held = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && (named.has(name) || /_(?:SECRET|API_KEY)$/u.test(name)) ? [value] : [],
  );
  return [...held, ...proxySecrets(env)];
}
