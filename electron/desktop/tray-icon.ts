import type * as Electron from "electron";
import type { DesktopView } from "../../shared/desktop.ts";
import type { DesktopProgram } from "./desktop-ports.ts";
import { trayIcons } from "./icons.ts";
import type { TrayTone } from "./tray-words.ts";

/** Which drawing is read on the bar: macOS colours a template itself. */
export type TrayLook = keyof typeof trayIcons;

/**
 * The drawing for the bar that the icon stands on now. Windows tells the bar's theme apart from the programs'. On Linux
 * nobody tells it: GNOME's is dark whatever the programs are, others follow the theme.
 */
export function trayLook(theme: Electron.NativeTheme, platform: DesktopView["platform"], env: DesktopProgram["env"]): TrayLook {
  if (platform === "darwin") return "template";
  if (platform === "win32") return theme.shouldUseDarkColorsForSystemIntegratedUI ? "dark" : "light";
  const isGnome = env["XDG_CURRENT_DESKTOP"]?.toUpperCase().split(":").includes("GNOME") === true;
  return isGnome || theme.shouldUseDarkColors ? "dark" : "light";
}

/** The icon of a state, sharp at each scale that it was drawn for. */
export function trayImage({ nativeImage }: Pick<typeof Electron, "nativeImage">, look: TrayLook, tone: TrayTone): Electron.NativeImage {
  const { 16: plain, 24: dense, 32: denser } = trayIcons[look][tone];
  const image = nativeImage.createFromDataURL(plain);
  image.addRepresentation({ scaleFactor: 1.5, dataURL: dense });
  image.addRepresentation({ scaleFactor: 2, dataURL: denser });
  if (look === "template") image.setTemplateImage(true);
  return image;
}
