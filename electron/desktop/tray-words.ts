import { assertNever } from "../../shared/assert-never.ts";
import { connectionNameSchema, type ConnectionName, type ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { PanelState } from "../../shared/panel-state.ts";

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
 * does not count along. They are the panel's own (`renderer/texts/connection-texts.ts`), with the connection's name.
 */
export function trayWords(state: PanelState): TrayWords {
  const standings = [...connectionStandings(state), ...noticeStandings(state)];
  const worst = ranks.flatMap((rank) => standings.filter((one) => one.rank === rank))[0];
  const head = worst === undefined ? "Not connected" : worst.rank === "well" ? wellWords(state) : worst.words;
  return { tone: toneOf(worst), line: [head, ...talkWords(state)].join(" · ") };
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
function connectionStandings({ connections }: PanelState): readonly Standing[] {
  return connectionNameSchema.options.flatMap((name) => {
    const state = connections[name]?.state;
    return state === undefined || state.kind === "idle" ? [] : [connectionStanding(name, state)];
  });
}

function noticeStandings({ notices }: PanelState): readonly Standing[] {
  return notices.flatMap(({ level, what }) => (level === "error" ? [{ rank: "problem", words: cut(what, MAX_NOTICE).replace(/\.$/u, "") } as const] : []));
}

function connectionStanding(name: ConnectionName, state: Exclude<ConnectionState, { kind: "idle" }>): Standing {
  switch (state.kind) {
    case "connected":
      return { rank: "well", words: "Connected" };
    case "validating":
      return { rank: "unsteady", words: `Validating the bot${attemptWords(state.attempt)}` };
    case "connecting":
      return { rank: "unsteady", words: `Connecting to the ${name}${attemptWords(state.attempt)}` };
    case "reconnecting":
      return { rank: "unsteady", words: `Reconnecting to the ${name}${attemptWords(state.attempt)}` };
    case "checking":
      return { rank: "unsteady", words: `Checking the ${name}` };
    case "degraded":
      return { rank: "unsteady", words: degradedWords(name, state) };
    case "rejected":
      return { rank: "refused", words: `${refusedWords(name, state.fault)}: see What is wrong` };
    case "closed":
      return { rank: "closed", words: `The ${name} is closed` };
    default:
      return assertNever(state);
  }
}

/** Attempts count from 1, the first try being none. */
function attemptWords(attempt: number): string {
  return attempt > 0 ? `, attempt ${attempt}` : "";
}

function degradedWords(name: ConnectionName, { cause, detail }: Extract<ConnectionState, { kind: "degraded" }>): string {
  switch (cause) {
    case "pong-late":
      return `Checking the ${name}`;
    case "channel-unavailable": {
      const status = detail.trim();
      // The runtime's own word, where it says more.
      return status === "" || status.toLowerCase() === "unavailable" ? "Channel unavailable" : `Channel unavailable (${cut(status, 40)})`;
    }
    case "probe-unanswered":
      return "Runtime does not answer";
    default:
      return assertNever(cause);
  }
}

function refusedWords(name: ConnectionName, { code }: Fault): string {
  if (code === "credentials" || code === "token-form") return "Credentials refused";
  return code === "no-credentials" ? "Credentials are missing" : `The ${name} was refused`;
}

function wellWords({ settings, connections, tunnel }: PanelState): string {
  if (settings.mode === "practice") return "Practice mode";
  const latencyMs = connections.tunnel?.state.kind === "connected" ? (tunnel?.latencyMs ?? null) : null;
  return latencyMs === null ? "Connected" : `Connected, ${latencyMs < 9.95 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms`;
}

function talkWords({ interactions }: PanelState): readonly string[] {
  const live = interactions.filter(({ interaction }) => interaction.status === "live");
  if (live.length === 0) return [];
  const waiting = live.flatMap(({ sets }) => sets.flatMap(({ cards }) => Object.values(cards))).filter(({ visibility }) => visibility === "waiting").length;
  const talks = live.length === 1 ? "1 live conversation" : `${live.length} live conversations`;
  if (waiting === 0) return [talks];
  return [`${talks}, ${waiting === 1 ? "1 suggestion waits" : `${waiting} suggestions wait`}`];
}

function cut(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/gu, " ").trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
}
