import { posix, win32 } from "node:path";
import type { OffWhy } from "../words/en/update-words.ts";
import type { UpdatePlatform } from "./feed.ts";
import { ownImage } from "./own-image.ts";

/** What is known of how this program came onto the machine. */
export interface InstallationFacts {
  readonly platform: UpdatePlatform;
  readonly isPackaged: boolean;
  /** The program's own executable. */
  readonly execPath: string;
  /** The folder of `app.asar`. */
  readonly resourcesPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is such a file. */
  readonly exists: (path: string) => Promise<boolean>;
  /** Whether this person may put a file into the folder. */
  readonly canWrite: (folder: string) => Promise<boolean>;
}

/** Whether this program can update itself; if not, why not. `configPath`: electron-builder's `app-update.yml`. */
export type Installation = { readonly kind: "own"; readonly configPath: string } | { readonly kind: "other"; readonly why: OffWhy };


/**
 * Judges how the program was installed. Only what this person can replace without an administrator's password updates itself:
 * the per-user installer of Windows, a `.app` in a folder of the person's, an AppImage. All else belongs to whoever installed it.
 */
export async function judgeInstallation(facts: InstallationFacts): Promise<Installation> {
  const { platform, isPackaged, resourcesPath, exists } = facts;
  if (!isPackaged) return other("notInstalled");
  const hindrance = await { win32: windowsHindrance, darwin: macHindrance, linux: linuxHindrance }[platform](facts);
  if (hindrance !== null) return other(hindrance);
  const configPath = (platform === "win32" ? win32 : posix).join(resourcesPath, "app-update.yml");
  // A build without an address for updates, as those for tests are, has none.
  return (await exists(configPath)) ? { kind: "own", configPath } : other("noFeed");
}

/** An MSI leaves no uninstaller of ours beside the program, and `/allusers` a folder that only administrators may change. */
async function windowsHindrance({ execPath, exists, canWrite }: InstallationFacts): Promise<OffWhy | null> {
  const folder = win32.dirname(execPath);
  const byOurInstaller = await exists(win32.join(folder, "Uninstall Callside.exe"));
  return byOurInstaller && (await canWrite(folder)) ? null : "byIt";
}

async function macHindrance({ execPath, canWrite }: InstallationFacts): Promise<OffWhy | null> {
  const bundle = execPath.indexOf(".app/");
  if (bundle < 0) return "notInstalled";
  const app = execPath.slice(0, bundle + ".app".length);
  // From the disk image, or from where macOS puts a program that was never moved out of it.
  if (app.startsWith("/Volumes/") || app.includes("/AppTranslocation/")) return "diskImage";
  // The one that is replaced is the bundle, in the folder that it lies in.
  return (await canWrite(posix.dirname(app))) && (await canWrite(app)) ? null : "byIt";
}

async function linuxHindrance({ execPath, env, exists, canWrite }: InstallationFacts): Promise<OffWhy | null> {
  const image = ownImage({ execPath, env });
  return image !== null && (await exists(image)) && (await canWrite(posix.dirname(image))) ? null : "byIt";
}

function other(why: OffWhy): Installation {
  return { kind: "other", why };
}
