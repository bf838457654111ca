import { wait, type Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { bridgeCredentials, credentialNames, credentials, type Credentials, type CredentialSection } from "../config/credentials.ts";
import type { Environment } from "../config/environment.ts";
import type { Notices } from "./notices.ts";

/** A start waits no longer than this for a key store that may be asking the person for its password. */
const PATIENCE_MS = 2_000;
const NOTICE = "credentials-vault";

export interface CredentialEnvironmentOptions {
  readonly env: Environment;
  readonly clock: Clock;
  readonly notices: Pick<Notices, "raise" | "clear">;
  /** A kept secret; null where there is none. */
  readonly read: (name: string) => Promise<Result<string | null, Fault>>;
  /** Hears that a credential is otherwise, after `ready` has been waited for. */
  readonly onChanged: () => void;
  readonly onBug: (bug: unknown) => void;
}

/** The environment with the platforms' credentials from the vault behind it (contract 0): what the environment has comes first. */
export interface CredentialEnvironment {
  /** One object for as long as the program runs; what it holds follows the vault. */
  readonly env: Environment;
  /**
   * Fetches what the systems that are on need and the environment does not give. Resolves when that is there, or when it
   * has taken too long: what comes later is told by `onChanged`. The vault stays closed where nothing is missing.
   */
  ready(config: Config, signal: AbortSignal): Promise<void>;
  /** A secret of this name was put or deleted. */
  changed(name: string): Promise<void>;
}

const sections = ["tunnel", "assist", "integrations", "simulations", "bridge"] as const satisfies readonly CredentialSection[];

export function createCredentialEnvironment({ env: given, clock, notices, read, onChanged, onBug }: CredentialEnvironmentOptions): CredentialEnvironment {
  const env: Record<string, string | undefined> = { ...given };
  const wanted = new Set<string>();

  /** Gives whether anything is otherwise. */
  const fetch = async (names: readonly string[]): Promise<boolean> => {
    const found = await Promise.all(names.map(async (name) => ({ name, value: await read(name) })));
    const fault = found.map(({ value }) => (value.ok ? null : value.error)).find((one) => one !== null);
    if (fault === undefined) notices.clear(NOTICE);
    else tellNotRead(notices, fault);
    let isOther = false;
    for (const { name, value } of found) {
      // A value that cannot be read now has not gone away; it is asked for again when the configuration is applied anew.
      if (!value.ok) wanted.delete(name);
      if (!value.ok || (env[name] ?? null) === value.value) continue;
      if (value.value === null) delete env[name];
      else env[name] = value.value;
      isOther = true;
    }
    return isOther;
  };

  return {
    env,
    async ready(config, signal) {
      const names = leftToVault(given, config);
      const news = names.filter((name) => !wanted.has(name));
      if (news.length === 0) return;
      for (const name of news) wanted.add(name);
      let isLate = false;
      const fetchNews = async (): Promise<void> => {
        const isOther = await fetch([...new Set(news)]);
        if (isOther && isLate) onChanged();
      };
      const enough = new AbortController();
      await Promise.race([fetchNews().catch(onBug), wait(clock, PATIENCE_MS, AbortSignal.any([signal, enough.signal]))]);
      enough.abort();
      isLate = true;
    },
    async changed(name) {
      if (!sections.some((section) => missingCredentials(given, section).includes(name))) return;
      wanted.add(name);
      if (await fetch([name])) onChanged();
    },
  };
}

/** The credentials that the systems which are on need and the environment does not give: the vault is where they would be. */
export function leftToVault(env: Environment, config: Config): readonly string[] {
  return sections.filter((section) => config[section] !== undefined && !sufficientCredentials(env, section).ok).flatMap((section) => missingCredentials(env, section));
}

/** What a system needs, from `env`. The fault (`no-credentials`) names what is missing. */
export function sufficientCredentials(env: Environment, section: CredentialSection): Result<Credentials, Fault> {
  return section === "bridge" ? bridgeCredentials(env) : credentials(env, section);
}

/** The names that the environment leaves to the vault. */
export function missingCredentials(env: Environment, section: CredentialSection): readonly string[] {
  return credentialNames(section).filter((name) => (env[name] ?? "").trim() === "");
}

function tellNotRead(notices: Pick<Notices, "raise">, { detail }: Fault): void {
  notices.raise({
    id: NOTICE,
    level: "error",
    say: ({ rules }) => rules.credentialsNotRead(detail),
  });
}
