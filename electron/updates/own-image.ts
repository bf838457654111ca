import { posix } from "node:path";

/** What a Linux program knows of where it came from. */
export interface ImageFacts {
  /** The program's own executable. */
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The AppImage that this program runs out of; null where it is none. The AppImage's own start script says where it lies and
 * where it is mounted. A program that was started out of another AppImage inherits that one's words, and must not take its
 * file for its own.
 */
export function ownImage({ execPath, env }: ImageFacts): string | null {
  const { APPIMAGE: image, APPDIR: mount } = env;
  if (image === undefined || mount === undefined || !posix.isAbsolute(image) || !posix.isAbsolute(mount)) return null;
  return execPath.startsWith(`${mount.replace(/\/+$/u, "")}/`) ? image : null;
}
