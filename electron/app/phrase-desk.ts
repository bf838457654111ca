import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Config } from "../config/complete-config.ts";
import type { FilePort } from "../files/file-port.ts";
import { openPhraseList, type PhraseList, type PhraseTrouble } from "../phrases/phrase-list.ts";
import { openDeskNetwork, withNetwork } from "./desk-network.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

const FILE_NAME = "phrase-list.json";

export interface PhraseDeskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly readFile: (path: string) => Promise<string>;
  readonly files: FilePort;
  readonly dataFolder: string;
  readonly notices: Notices;
  /** The list is another one. */
  readonly onPhrases: () => void;
}

/** The signed list of phrases as the configuration wants it: from this address, or none. */
export interface PhraseDesk extends AsyncDisposable {
  /**
   * Follows the configuration, where anything is on that the list is for; where a list is wanted and none is kept, waits a
   * little for the first one.
   */
  apply(config: Config): Promise<void>;
  /** The phrases of the list. */
  listed(): readonly string[];
  /** The configuration with the list's phrases added to its own, which drive the policy; the very same where there is no list. */
  joined(config: Config): Config;
}

type Wanted = NonNullable<Config["phrases"]["list"]>;

/** Follows the configuration with {@link openPhraseList}; trouble is told as a notice. */
export function createPhraseDesk({ env, clock, readFile, files, dataFolder, notices, onPhrases }: PhraseDeskOptions): PhraseDesk {
  const tell = (trouble: PhraseTrouble | null): void => {
    if (trouble === null) {
      notices.clear("phrase-list");
      return;
    }
    const isWithout = trouble.kind === "awaited" || !trouble.holds;
    notices.raise({
      id: "phrase-list",
      level: isWithout ? "error" : "warning",
      say: ({ rules }) => (trouble.kind === "awaited" ? rules.phraseListAwaited() : rules.phraseList(trouble.detail, trouble.holds)),
    });
  };

  const list = createSlot(async (from: { readonly wanted: Wanted | undefined; readonly network: Config["network"] }): Promise<PhraseList | null> => {
    tell(null);
    if (from.wanted === undefined) return null;
    const network = await openDeskNetwork(from.network, { env, readFile });
    if (!network.ok) {
      tell({ kind: "fault", detail: network.error.detail, holds: false });
      return null;
    }
    const { url, publicKey } = from.wanted;
    const path = join(dataFolder, FILE_NAME);
    return withNetwork(await openPhraseList({ url, publicKey, fetch: network.value.fetch, clock, files, path, onPhrases, onTrouble: tell }), network.value);
  });

  return {
    apply: ({ assist, bridge, phrases, network }) => list.make({ wanted: assist === undefined && bridge === undefined ? undefined : phrases.list, network }),
    listed: () => list.current()?.phrases() ?? [],
    joined(config) {
      const listed = list.current()?.phrases() ?? [];
      if (listed.length === 0) return config;
      const joint = (own: readonly string[]): readonly string[] => [...new Set([...own, ...listed])];
      const { assist, phrases } = config;
      return {
        ...config,
        assist: assist && { ...assist, prohibitedPhrases: joint(assist.prohibitedPhrases) },
        phrases: { ...phrases, prohibited: joint(phrases.prohibited) },
      };
    },
    [Symbol.asyncDispose]: () => list[Symbol.asyncDispose](),
  };
}
