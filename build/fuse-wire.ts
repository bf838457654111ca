import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire, type FuseV1Config } from "@electron/fuses";

type FuseName = keyof typeof FuseV1Options;

/** One of Electron's switches that are set in its binary when it is packaged, before it is signed. */
interface FuseSetting {
  readonly on: boolean;
  readonly why: string;
}

/**
 * Every fuse of this Electron, and why it stands as it does (electronjs.org, "Fuses"). The type asks for each, and a wire
 * that is longer than this table is refused, so that an update of Electron cannot bring one that nobody has thought of.
 */
export const fuseSettings: Readonly<Record<FuseName, FuseSetting>> = {
  RunAsNode: { on: false, why: "the signed program would run any script for whoever sets ELECTRON_RUN_AS_NODE" },
  EnableCookieEncryption: { on: true, why: "should a cookie ever reach the disk, the system's key protects it" },
  EnableNodeOptionsEnvironmentVariable: { on: false, why: "NODE_OPTIONS could load foreign code into main" },
  EnableNodeCliInspectArguments: { on: false, why: "--inspect and SIGUSR1 would open main to a debugger" },
  EnableEmbeddedAsarIntegrityValidation: { on: true, why: "a changed app.asar does not start (Electron checks it on Windows and macOS)" },
  OnlyLoadAppFromAsar: { on: true, why: "a folder resources/app could stand in for the archive that is checked" },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, why: "we ship no snapshot of our own" },
  GrantFileProtocolExtraPrivileges: { on: false, why: "the panel is served from app:, and file: needs no rights" },
  WasmTrapHandlers: { on: true, why: "V8's own way to check memory bounds; off only saves address space" },
};

const fuseNames = Object.keys(fuseSettings) as readonly FuseName[];

/** What stands between a binary's code and its fuses (electronjs.org, "Fuses"). */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const WIRE_VERSION = 1;

/** The bytes that an Electron carries as it comes, with every fuse unlike ours. */
export function freshFuseWire(): Buffer {
  // The opposite of what we set: a fuse that was not flipped is then seen.
  const states = fuseNames.map((name) => (fuseSettings[name].on ? FuseState.DISABLE : FuseState.ENABLE));
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([WIRE_VERSION, states.length, ...states])]);
}

/**
 * Sets every fuse in a packaged program. `program`: the executable, or the `.app` on macOS. `adHoc`: signs a macOS program
 * for this machine again, as a changed binary does not start there otherwise. Rejects where the wire is unlike the table.
 */
export async function setFuses(program: string, { adHoc }: { readonly adHoc: boolean }): Promise<void> {
  const settings = Object.fromEntries(fuseNames.map((name) => [FuseV1Options[name], fuseSettings[name].on])) as Record<FuseV1Options, boolean>;
  const config: FuseV1Config = { version: FuseVersion.V1, strictlyRequireAllFuses: true, resetAdHocDarwinSignature: adHoc, ...settings };
  await flipFuses(program, config);
}

/** What of the fuses in a packaged program is not as the table says; empty where all is well. */
export async function fuseProblems(program: string): Promise<readonly string[]> {
  const wire = await readFuses(program);
  const wrong = fuseNames.flatMap((name) => {
    const found = wire.get(FuseV1Options[name]);
    const wanted = fuseSettings[name].on ? FuseState.ENABLE : FuseState.DISABLE;
    return found === wanted ? [] : [`fuse ${name}: found ${stateWord(found)}, wanted ${stateWord(wanted)}`];
  });
  const unknown = [...wire.keys()].filter((index) => FuseV1Options[index] === undefined);
  return [...wrong, ...unknown.map((index) => `fuse number ${index}: not known to the table of fuses`)];
}

/** How each fuse stands, in words, for a person to read. */
export async function fuseReport(program: string): Promise<readonly string[]> {
  const wire = await readFuses(program);
  return fuseNames.map((name) => `${name}: ${stateWord(wire.get(FuseV1Options[name]))}`);
}

async function readFuses(program: string): Promise<ReadonlyMap<number, FuseState>> {
  const wire = await getCurrentFuseWire(program);
  return new Map(Object.entries(wire).flatMap(([key, state]) => (key === "version" ? [] : [[Number(key), Number(state) as FuseState]])));
}

function stateWord(state: FuseState | undefined): string {
  switch (state) {
    case FuseState.ENABLE:
      return "on";
    case FuseState.DISABLE:
      return "off";
    case FuseState.REMOVED:
      return "removed";
    case FuseState.INHERIT:
    case undefined:
      return "not there";
    default:
      return `byte ${Number(state)}`;
  }
}
