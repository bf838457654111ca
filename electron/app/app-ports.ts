import type { Clock } from "../../shared/clock.ts";
import type { BridgeOptions } from "../bridge/bridge.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Person } from "../redaction/person.ts";
import type { Speech } from "../words/speech.ts";
import type { ClosingLimits } from "./closing.ts";
import type { DeskNetworkPorts } from "./desk-network.ts";
import type { OpenSecrets } from "./secrets-desk.ts";

/** The systems that the program can connect to. */
export type System = "assist" | "tunnel" | "bridge" | "integrations" | "simulations";

/** What the program takes from the machine it runs on. */
export interface AppPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  /** A name that no other run has. */
  readonly newId: () => string;
  /** The folder of what is kept: the history, and what the configuration gives no place of its own. */
  readonly dataFolder: string;
  /** Where audit, metrics, log, journals and reports are written; the disk unless given. */
  readonly files?: FilePort;
  /** Where the widget configuration is served unless configured (a service); without it, it is off by default. */
  readonly defaultWidgetPort?: number;
  /** The addresses by which this machine reaches others now; where they are given, the network's return is noticed. */
  readonly addresses?: () => readonly string[];
  /**
   * Which of the systems that the configuration turns on are wanted here, without a panel; all unless given. A bridge is
   * wanted beside a panel only where `bridge.scope` says what it is to answer; without a panel it answers all (contract 3.8).
   */
  readonly systems?: readonly System[];
  /** Opens what keeps secrets, when it is first needed; the environment and memory unless given. */
  readonly openSecrets?: OpenSecrets;
  /** What the bridge is to do; `serve` unless given. */
  readonly bridgeWork?: BridgeOptions["work"];
  /** Hears how far the clocks of platforms are ahead of ours. */
  readonly skew?: DeskNetworkPorts["skew"];
  /** Hears of a mistake of ours that the work survived; without it the process hears, as of any exception. */
  readonly onBug?: (bug: unknown) => void;
  /** Whose home folder, account and machine are not told in logs and reports; as the system says unless given. */
  readonly person?: Person;
  /** In which language a person is spoken to; English unless given. */
  readonly speech?: Speech;
  /** How long its parts may take to close, where a person waits for it; without, each finishes what it has in hand. */
  readonly closingLimits?: ClosingLimits;
}
