import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { ConfigSource } from "../config/config-source.ts";
import type { Environment } from "../config/environment.ts";
import type { Folders } from "../config/folders.ts";
import type { CommandContext } from "./command.ts";

/** What every command needs of the program that runs without a panel. Listeners are given before the work begins. */
export interface HeadlessPorts {
  readonly config: ConfigSource;
  readonly env: Environment;
  readonly folders: Folders;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the person or the system ends the program. */
  readonly stopped: AbortSignal;
  readonly onConnection: (name: ConnectionName, state: ConnectionState) => void;
  /** Something that a person should know and that is no event of the work: a full disk, a bad edit. */
  readonly onNotice: (text: string) => void;
}

/** The ports that are the same for every command; its connections are its own. */
export function headlessPorts(context: CommandContext, config: ConfigSource): Omit<HeadlessPorts, "onConnection"> {
  const { env, folders, clock, random, stopped, output } = context;
  return {
    config,
    env,
    folders,
    clock,
    random,
    stopped,
    onNotice: (text) => {
      output.note(text);
    },
  };
}
