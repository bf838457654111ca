import { join } from "node:path";
import type { Role } from "../../shared/settings.ts";
import type { PhraseRules } from "./assist-section.ts";
import type { ConfigFile } from "./config-schema.ts";
import { derivedAddresses } from "./derived-addresses.ts";
import type { Frozen } from "./freeze.ts";
import { desktopSection, panelSection } from "./house-sections.ts";

/** What the derived values follow from, besides the file. */
export interface CompletionPorts {
  /** The folder of the user's own data, for what has no place of its own. */
  readonly dataFolder: string;
  /** Makes a path absolute; `key` is the configuration path it stands at, because file and flag start from different folders. */
  readonly absolute: (path: string, key: string) => string;
  /** What no text may hold where agent assist is off; where it is on, its own say. */
  readonly phrases: PhraseRules;
  /** The policy's place, where IT has set the file of the authorities. */
  readonly caFileBy?: string | undefined;
}

type Section<N extends keyof ConfigFile> = NonNullable<ConfigFile[N]>;

/**
 * Fills in what follows from other values: addresses from domains (table of contract 0), folders, the effective role.
 * Takes a file that has passed its schema; cannot fail. A section that is off is `undefined`.
 */
export function completeConfig(file: ConfigFile, ports: CompletionPorts) {
  return {
    tunnel: file.tunnel && completeTunnel(file.tunnel),
    assist: file.assist && completeAssist(file.assist),
    bridge: file.bridge && completeBridge(file.bridge, ports),
    integrations: file.integrations && completeIntegrations(file.integrations),
    simulations: file.simulations && completeSimulations(file.simulations),
    audit: file.audit && {
      directory: placed(file.audit.directory, "audit.directory", ports) ?? join(ports.dataFolder, "audit"),
    },
    history: file.history && completeHistory(file.history, ports),
    telemetry: file.telemetry && {
      metricsFile: placed(file.telemetry.metricsFile, "telemetry.metricsFile", ports),
      openMetricsFile: placed(file.telemetry.openMetricsFile, "telemetry.openMetricsFile", ports),
      otlpUrl: file.telemetry.otlpUrl,
    },
    phrases: phrasesOf(file.assist ?? ports.phrases),
    network: {
      caFile: placed(file.network?.caFile, "network.caFile", ports),
      ...(ports.caFileBy === undefined ? {} : { caFileBy: ports.caFileBy }),
      proxy: file.network?.proxy,
      ...bypassOf(file),
    },
    panel: completePanel(file),
    desktop: file.desktop ?? desktopSection.parse({}),
    updates: file.updates && { ...file.updates, channel: file.updates.channel ?? "latest" },
  };
}

/** The whole configuration as the program uses it: complete, absolute, frozen all the way down. */
export type Config = Frozen<ReturnType<typeof completeConfig>>;

function completeTunnel(section: Section<"tunnel">) {
  return { ...section, socketUrl: section.socketUrl ?? derivedAddresses.tunnel.addresses.socketUrl(given(section.tenant)) };
}

function completeAssist(section: Section<"assist">) {
  const { tokenUrl, apiUrl, streamUrl } = derivedAddresses.assist.addresses;
  return {
    ...section,
    tokenUrl: section.tokenUrl ?? tokenUrl(given(section.orgDomain)),
    apiUrl: section.apiUrl ?? apiUrl(given(section.orgDomain)),
    streamUrl: section.streamUrl ?? streamUrl(given(section.orgDomain)),
  };
}

function completeBridge(section: Section<"bridge">, ports: CompletionPorts) {
  const { tokenUrl, socketUrl, apiUrl } = derivedAddresses.bridge.addresses;
  return {
    ...section,
    tokenUrl: section.tokenUrl ?? tokenUrl(section.region),
    socketUrl: section.socketUrl ?? socketUrl(section.region),
    apiUrl: section.apiUrl ?? apiUrl(section.region),
    stateDirectory: placed(section.stateDirectory, "bridge.stateDirectory", ports) ?? join(ports.dataFolder, "bridge"),
  };
}

function completeIntegrations(section: Section<"integrations">) {
  const { tokenUrl, apiUrl } = derivedAddresses.integrations.addresses;
  return {
    ...section,
    tokenUrl: section.tokenUrl ?? tokenUrl(given(section.tenantUrl)),
    apiUrl: section.apiUrl ?? apiUrl(given(section.tenantUrl)),
  };
}

function completeSimulations(section: Section<"simulations">) {
  const { tokenUrl, apiUrl } = derivedAddresses.simulations.addresses;
  return {
    ...section,
    tokenUrl: section.tokenUrl ?? tokenUrl(section.environment),
    apiUrl: section.apiUrl ?? apiUrl(section.environment),
  };
}

function completeHistory(section: Section<"history">, ports: CompletionPorts) {
  return {
    ...section,
    export: section.export && { ...section.export, folder: placed(section.export.folder, "history.export.folder", ports) },
    teamFolder: placed(section.teamFolder, "history.teamFolder", ports),
  };
}

/** They stand between a text and whoever reads it, agent or customer, so they hold for the bridge without agent assist too. */
function phrasesOf({ prohibitedPhrases, phraseList }: PhraseRules) {
  return { prohibited: prohibitedPhrases, list: phraseList };
}

function completePanel(file: ConfigFile) {
  const { role, cardsPerMinute, quiet, theme, language } = file.panel ?? panelSection.parse({});
  const effective: Role = role ?? (file.assist?.agentId === undefined ? "supervisor" : "agent");
  return { role: effective, cardsPerMinute, quiet, theme, language };
}

function bypassOf(file: ConfigFile): { readonly noProxy?: readonly string[] | undefined } {
  return file.network?.noProxy === undefined ? {} : { noProxy: file.network.noProxy };
}

function placed(path: string | undefined, key: string, ports: CompletionPorts): string | undefined {
  return path === undefined ? undefined : ports.absolute(path, key);
}

/** The schema refuses a section that lacks both an address and what it follows from. */
function given(value: string | undefined): string {
  if (value === undefined) throw new Error("a section passed its schema without the key that its addresses follow from");
  return value;
}
