import { assertNever } from "../../shared/assert-never.ts";
import { connectionNameSchema, type ConnectionName, type ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { englishWords, type Words } from "../words/en.ts";

type StandingWords = Words["standing"];

/** What the icon shows at a glance. `off`: nothing is connected, and nothing tries. */
export type TrayTone = "good" | "trouble" | "off";

/** How things stand, for the icon and for the line that says it. */
export interface TrayWords {
  readonly tone: TrayTone;
  readonly line: string;
}

/** Windows cuts a tooltip at 127 characters. */
const MAX_TOOLTIP = 127;
const MAX_NOTICE = 80;

/** From worst to best. */
const ranks = ["refused", "problem", "unsteady", "closed", "well"] as const;

interface Standing {
  readonly rank: (typeof ranks)[number];
  readonly words: string;
}

/**
 * The state in one line, the worst first, then what waits for the person. In words that do not age: a menu that is open
 * does not count along. They are the panel's own, with the connection's name; English unless given.
 */
export function trayWords(state: PanelState, words: StandingWords = englishWords.standing): TrayWords {
  const standings = [...connectionStandings(state, words), ...noticeStandings(state)];
  const worst = ranks.flatMap((rank) => standings.filter((one) => one.rank === rank))[0];
  const head = worst === undefined ? words.notConnected : worst.rank === "well" ? wellWords(state, words) : worst.words;
  return { tone: toneOf(worst), line: [head, ...talkWords(state, words)].join(" · ") };
}

/** What stands beside the icon when the pointer rests on it, and what a screen reader calls it. */
export function trayTooltip({ line }: TrayWords): string {
  return cut(`Callside: ${line}`, MAX_TOOLTIP);
}

function toneOf(worst: Standing | undefined): TrayTone {
  if (worst === undefined || worst.rank === "closed") return "off";
  return worst.rank === "well" ? "good" : "trouble";
}

/** One that is off is not told of: it is meant to be. */
function connectionStandings({ connections }: PanelState, words: StandingWords): readonly Standing[] {
  return connectionNameSchema.options.flatMap((name) => {
    const state = connections[name]?.state;
    return state === undefined || state.kind === "idle" ? [] : [connectionStanding(name, state, words)];
  });
}

function noticeStandings({ notices }: PanelState): readonly Standing[] {
  return notices.flatMap(({ level, what }) => (level === "error" ? [{ rank: "problem", words: cut(what, MAX_NOTICE).replace(/\.$/u, "") } as const] : []));
}

function connectionStanding(name: ConnectionName, state: Exclude<ConnectionState, { kind: "idle" }>, words: StandingWords): Standing {
  switch (state.kind) {
    case "connected":
      return { rank: "well", words: words.connected };
    case "validating":
      return { rank: "unsteady", words: words.validating(state.attempt) };
    case "connecting":
      return { rank: "unsteady", words: words.connecting(name, state.attempt) };
    case "reconnecting":
      return { rank: "unsteady", words: words.reconnecting(name, state.attempt) };
    case "checking":
      return { rank: "unsteady", words: words.checking(name) };
    case "degraded":
      return { rank: "unsteady", words: degradedWords(name, state, words) };
    case "rejected":
      return { rank: "refused", words: refusedWords(name, state.fault, words) };
    case "closed":
      return { rank: "closed", words: words.closed(name) };
    default:
      return assertNever(state);
  }
}

function degradedWords(name: ConnectionName, { cause, detail }: Extract<ConnectionState, { kind: "degraded" }>, words: StandingWords): string {
  switch (cause) {
    case "pong-late":
      return words.checking(name);
    case "channel-unavailable": {
      const status = detail.trim();
      // The runtime's own word, where it says more.
      return words.channelUnavailable(status.toLowerCase() === "unavailable" ? "" : cut(status, 40));
    }
    case "probe-unanswered":
      return words.silent;
    default:
      return assertNever(cause);
  }
}

function refusedWords(name: ConnectionName, { code }: Fault, words: StandingWords): string {
  if (code === "credentials" || code === "token-form") return words.credentialsRefused;
  return code === "no-credentials" ? words.credentialsMissing : words.refused(name);
}

function wellWords({ settings, connections, tunnel }: PanelState, words: StandingWords): string {
  if (settings.mode === "practice") return words.practice;
  const latencyMs = connections.tunnel?.state.kind === "connected" ? (tunnel?.latencyMs ?? null) : null;
  return latencyMs === null ? words.connected : words.connectedIn(latencyMs);
}

function talkWords({ interactions }: PanelState, words: StandingWords): readonly string[] {
  const live = interactions.filter(({ interaction }) => interaction.status === "live");
  if (live.length === 0) return [];
  const waiting = live.flatMap(({ sets }) => sets.flatMap(({ cards }) => Object.values(cards))).filter(({ visibility }) => visibility === "waiting").length;
  return [waiting === 0 ? words.conversations(live.length) : words.conversationsAndWaiting(live.length, waiting)];
}

function cut(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/gu, " ").trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
}
