/** A major version of Electron: when its first stable release came, and the day from which it gets no more fixes. */
interface ElectronMajor {
  readonly released: string;
  readonly unsupportedFrom: string;
}

/**
 * The majors that this program may be built on. Electron supports the newest three, and a new one comes about every eight
 * weeks (electronjs.org, "Electron Releases"), so a major ends when the third after it comes. Released: as the registry dates
 * x.0.0; ends in the future are reckoned in steps of eight weeks from the newest, 45.0.0.
 */
const MAJORS: Readonly<Record<number, ElectronMajor>> = {
  43: { released: "2026-07-01", unsupportedFrom: "2026-12-16" },
  44: { released: "2026-08-25", unsupportedFrom: "2027-02-10" },
  45: { released: "2026-10-21", unsupportedFrom: "2027-04-07" },
};

/** A major that ends within this time is told of, so that the next one is in before. */
const NOTICE_DAYS = 28;
const DAY_MS = 86_400_000;

/** How an Electron stands on a day. */
export type ElectronStanding =
  | { readonly kind: "supported"; readonly words: string }
  | { readonly kind: "ending"; readonly words: string }
  | { readonly kind: "bad"; readonly words: string };

/** Judges a version (`45.4.1`) on a day (ms since the epoch). A major that is not in the table is bad: nobody has looked. */
export function judgeElectron(version: string, today: number): ElectronStanding {
  const found = /^(\d+)\.\d+\.\d+$/.exec(version)?.[1];
  const major = found === undefined ? undefined : MAJORS[Number(found)];
  if (major === undefined) {
    return { kind: "bad", words: `Electron ${version}: not in the table of build/electron-releases.ts (${Object.keys(MAJORS).join(", ")}); look up when its support ends` };
  }
  const left = Math.ceil((Date.parse(major.unsupportedFrom) - today) / DAY_MS);
  if (left <= 0) return { kind: "bad", words: `Electron ${version}: without fixes since ${major.unsupportedFrom}; take a newer major` };
  const words = `Electron ${version}: released ${major.released}, supported until ${major.unsupportedFrom} (${left} days)`;
  return { kind: left <= NOTICE_DAYS ? "ending" : "supported", words };
}
