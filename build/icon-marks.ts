import { assertNever } from "../shared/assert-never.ts";

/** The colours of renderer/ui/tokens.css that the mark is drawn in. */
const ACCENT = "#2457d6";
const INK_ON_LIGHT = "#16191d";
const INK_ON_DARK = "#eceff2";
const TROUBLE_ON_LIGHT = "#955200";
const TROUBLE_ON_DARK = "#f0b056";

/** The sizes in which an icon stands out of its background by detail; below them it is drawn plainer. */
const PLAIN_BELOW = 32;

/** A line of speech as it is seen, rising and falling; drawn in a square of 64. */
const speech = [
  { x: 8, height: 12 },
  { x: 18, height: 28 },
  { x: 28, height: 20 },
] as const;

/** The mark: a line of speech, and the panel at its side. `size`: in pixels, as what is small is drawn with fewer lines. */
export function appMark(size: number): string {
  const plain = size < PLAIN_BELOW;
  const bars = plain ? bar(12, 24, 8, "#ffffff", 0.82) + bar(24, 16, 8, "#ffffff", 0.82) : speech.map(({ x, height }) => bar(x, height, 6, "#ffffff", 0.82)).join("");
  const panel = plain ? rounded(36, 12, 16, 40, 2, "#ffffff") : `${rounded(38, 12, 18, 40, 4, "#ffffff")}${panelLines()}`;
  return svg(`${rounded(plain ? 0 : 2, plain ? 0 : 2, plain ? 64 : 60, plain ? 64 : 60, plain ? 12 : 14, ACCENT)}${bars}${panel}`);
}

export type TrayState = "good" | "trouble" | "off";
/** What the mark in the tray stands on. `template`: macOS colours it by itself and takes its shape alone. */
export type TrayGround = "light" | "dark" | "template";

export const trayStates: readonly TrayState[] = ["good", "trouble", "off"];
export const trayGrounds: readonly TrayGround[] = ["light", "dark", "template"];

/** The tray's mark. The states differ by shape and not by colour alone: a full panel, one with a sign of warning, an empty one. */
export function trayMark(state: TrayState, ground: TrayGround): string {
  const ink = inkOn(ground);
  const bars = bar(4, 24, 8, ink, 1) + bar(16, 40, 8, ink, 1);
  switch (state) {
    case "good":
      return svg(`${bars}${rounded(32, 8, 28, 48, 4, ink)}`);
    case "trouble":
      return svg(`${bars}${rounded(32, 8, 28, 20, 4, ink)}${warning(ground)}`);
    case "off":
      return svg(`${rounded(4, 28, 8, 8, 4, ink)}${rounded(16, 28, 8, 8, 4, ink)}<rect x="34" y="10" width="24" height="44" rx="3" fill="none" stroke="${ink}" stroke-width="5"/>`);
    default:
      return assertNever(state);
  }
}

/** The favicon of the panel's page, as an address that needs no file. */
export function faviconAddress(): string {
  return `data:image/svg+xml,${encodeURIComponent(appMark(16)).replaceAll("%20", " ").replaceAll("%3D", "=").replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%22", "'")}`;
}

function inkOn(ground: TrayGround): string {
  switch (ground) {
    case "light":
      return INK_ON_LIGHT;
    case "dark":
      return INK_ON_DARK;
    case "template":
      return "#000000";
    default:
      return assertNever(ground);
  }
}

function warning(ground: TrayGround): string {
  const colour = ground === "light" ? TROUBLE_ON_LIGHT : ground === "dark" ? TROUBLE_ON_DARK : "#000000";
  return `<path d="M46 32 L62 62 L30 62 Z" fill="${colour}" stroke="${colour}" stroke-width="3" stroke-linejoin="round"/>`;
}

function panelLines(): string {
  return rounded(42, 20, 10, 4, 2, ACCENT) + rounded(42, 28, 10, 4, 2, ACCENT, 0.45) + rounded(42, 36, 6, 4, 2, ACCENT, 0.45);
}

function bar(x: number, height: number, width: number, colour: string, opacity: number): string {
  return rounded(x, 32 - height / 2, width, height, width / 2, colour, opacity);
}

function rounded(x: number, y: number, width: number, height: number, radius: number, colour: string, opacity = 1): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${colour}"${opacity === 1 ? "" : ` fill-opacity="${opacity}"`}/>`;
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${content}</svg>`;
}
