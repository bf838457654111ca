import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { Notice } from "../../shared/notice.ts";
import type { Config } from "../config/complete-config.ts";
import type { ConfigSource } from "../config/config-source.ts";
import type { FilePort } from "../files/file-port.ts";
import type { HealthWords } from "../health/outcome.ts";
import type { Resolve } from "../health/resolve.ts";

/** What of the machine the checks look at, beside the program. */
export interface HealthMachine {
  readonly resolve: Resolve;
  /** What is left for this user where a folder lies, in bytes. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** The person's home folder, which is shown as `~`. */
  readonly home: string;
  readonly versions: { readonly program: string; readonly node: string; readonly electron: string | null };
}

/** What the checks are made from, with a panel and without one. */
export interface HealthSources {
  readonly machine: HealthMachine;
  /** In which words it is told what was found; English unless given. */
  readonly words?: HealthWords;
  readonly config: Pick<ConfigSource, "path" | "problems" | "machine">;
  /** Only the sections of the systems that are wanted here. */
  readonly wanted: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly readFile: (path: string) => Promise<string>;
  readonly newId: () => string;
  readonly files: FilePort;
  readonly dataFolder: string;
  /** Secrets that no line may hold, beside those of the environment. */
  readonly knownSecrets: () => readonly string[];
  /** What the person is told of something that is kept and cannot be, or could not be for a while; null where all is well. */
  readonly trouble: (kept: "history" | "audit") => Notice | null;
  readonly history: (signal: AbortSignal) => Promise<HealthOutcome>;
  readonly secrets: (signal: AbortSignal) => Promise<HealthOutcome>;
  readonly connection: (name: ConnectionName) => HealthOutcome;
}
