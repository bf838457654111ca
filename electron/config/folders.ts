import { posix, win32 } from "node:path";

/** The user's own folders for Callside: configuration, data that is kept, and what can be made again. */
export interface Folders {
  readonly config: string;
  readonly data: string;
  readonly cache: string;
}

/** What the folders follow from. `home` is the user's home folder, `platform` as Node names it. */
export interface FolderPorts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * Where this OS keeps a program's files: %APPDATA% and %LOCALAPPDATA%, ~/Library, or the XDG base directories (absolute
 * ones only, as their specification demands). The configuration lies in the folder that Electron also uses.
 */
export function appFolders({ platform, env, home }: FolderPorts): Folders {
  if (platform === "win32") {
    const roaming = env["APPDATA"] ?? win32.join(home, "AppData", "Roaming");
    const local = env["LOCALAPPDATA"] ?? win32.join(home, "AppData", "Local");
    return {
      config: win32.join(roaming, "Callside"),
      data: win32.join(local, "Callside", "Data"),
      cache: win32.join(local, "Callside", "Cache"),
    };
  }
  if (platform === "darwin") {
    const support = posix.join(home, "Library", "Application Support", "Callside");
    return { config: support, data: posix.join(support, "Data"), cache: posix.join(home, "Library", "Caches", "Callside") };
  }
  const xdg = (name: string, fallback: string): string => {
    const given = env[name];
    return posix.join(given !== undefined && posix.isAbsolute(given) ? given : posix.join(home, fallback), "callside");
  };
  return { config: xdg("XDG_CONFIG_HOME", ".config"), data: xdg("XDG_DATA_HOME", ".local/share"), cache: xdg("XDG_CACHE_HOME", ".cache") };
}
