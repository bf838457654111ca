import type { Draft } from "../../shared/integration-view.ts";

const MAX_KEY = 60;
/** Names that Windows keeps for its devices, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/u;

/**
 * The key of a new definition, after its name as far as letters and digits allow: it becomes the name of a file, on any
 * system, so it is lower case and no device of Windows. `isTaken`: whether another has it.
 */
export function newKey({ name }: Draft, isTaken: (key: string) => boolean): string {
  const plain = (typeof name === "string" ? name : "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .slice(0, MAX_KEY)
    .replaceAll(/^-+|-+$/gu, "");
  const wanted = plain === "" || DEVICE.test(plain) ? `integration${plain === "" ? "" : `-${plain}`}` : plain;
  let key = wanted;
  for (let count = 2; isTaken(key); count += 1) key = `${wanted}-${count}`;
  return key;
}
