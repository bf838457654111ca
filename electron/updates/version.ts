/** A version by Semantic Versioning 2.0.0, without its build metadata, which has no part in the order. */
export interface Version {
  readonly core: readonly [major: number, minor: number, patch: number];
  /** What stands behind the hyphen; empty for a finished version. */
  readonly prerelease: readonly string[];
}

const PATTERN =
  /^(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})(?:-((?:0|[1-9]\d{0,9}|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d{0,9}|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Reads a version; null where the text is none. No `v` before it, no part left out. */
export function parseVersion(text: string): Version | null {
  const found = text.length > 256 ? null : PATTERN.exec(text);
  if (found === null) return null;
  const [, major, minor, patch, prerelease = ""] = found;
  return { core: [Number(major), Number(minor), Number(patch)], prerelease: prerelease === "" ? [] : prerelease.split(".") };
}

/** Negative where `one` comes before `other`, positive where after, 0 where they are of the same rank (semver 2.0.0, 11). */
export function compareVersions(one: Version, other: Version): number {
  for (const place of [0, 1, 2] as const) {
    const difference = one.core[place] - other.core[place];
    if (difference !== 0) return difference;
  }
  if (one.prerelease.length === 0 || other.prerelease.length === 0) return other.prerelease.length - one.prerelease.length;
  for (const [place, identifier] of one.prerelease.entries()) {
    const against = other.prerelease[place];
    if (against === undefined) return 1;
    const difference = compareIdentifiers(identifier, against);
    if (difference !== 0) return difference;
  }
  return one.prerelease.length - other.prerelease.length;
}

function compareIdentifiers(one: string, other: string): number {
  const [a, b] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (a && b) return Number(one) - Number(other);
  if (a !== b) return a ? -1 : 1;
  return one === other ? 0 : one < other ? -1 : 1;
}
