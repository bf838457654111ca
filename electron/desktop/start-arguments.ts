import { nearestKey } from "../../shared/nearest-key.ts";

/** Flags of a program by their names: `takes` null where nothing follows them. */
export type OwnFlags = Readonly<Record<string, { readonly takes: string | null }>>;

/**
 * Of the arguments of a start those that are meant for us. Others who start the program add flags of their own, and none
 * of them may keep it from coming up: the installer on Windows after an update (`--updated`), the AppImage where the system
 * gives no namespaces (`--no-sandbox`), whoever has Chromium draw otherwise (`--disable-gpu`). A flag that is nearly one of
 * ours stays, because a slip is to be told, and so does whatever is no flag.
 */
export function ownArguments(argv: readonly string[], own: OwnFlags): readonly string[] {
  let isValue = false;
  return argv.filter((argument) => {
    if (isValue) {
      isValue = false;
      return true;
    }
    const [, name, inline] = /^--?([^=]*)(=.*)?$/su.exec(argument) ?? [];
    if (name === undefined) return true;
    const flag = argument.startsWith("--") && Object.hasOwn(own, name) ? own[name] : undefined;
    if (flag === undefined) return nearestKey(name, Object.keys(own)) !== null;
    isValue = flag.takes !== null && inline === undefined;
    return true;
  });
}
