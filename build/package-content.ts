import { createHash } from "node:crypto";
import { extractFile, getRawHeader, listPackage, statFile, uncache } from "@electron/asar";

/** A file of the archive. */
export interface PackedFile {
  /** From the archive's root, with slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/** All that may be in the archive. What is not named here is not shipped. */
const ALLOWED = [
  /^package\.json$/,
  /^LICENSE$/,
  /^third-party-notices\.txt$/,
  /^main\/[\w.-]+\.js$/,
  /^preload\/preload\.cjs$/,
  /^renderer\/index\.html$/,
  /^renderer\/assets\/[\w.-]+\.(js|css|svg|png|ico|woff2)$/,
] as const;

/** What without the program would not start, or may not be handed on. */
const NEEDED = [
  "package.json",
  "LICENSE",
  "third-party-notices.txt",
  "main/main.js",
  "main/history-worker.js",
  "main/inbox-worker.js",
  "preload/preload.cjs",
  "renderer/index.html",
] as const;

/** Our own part at most, in bytes: everything in the archive. */
export const OWN_PART_LIMIT = 3_000_000;

/** Marks of what must not be in any file, whatever it is called. */
const FORBIDDEN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/^\/\/# sourceMappingURL=/m, "names a source map"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n[A-Za-z0-9+/=]{40}/, "holds a private key"],
];

/** What is wrong with the list of files; empty where all is well. */
export function contentProblems(files: readonly PackedFile[]): readonly string[] {
  const paths = new Set(files.map((file) => file.path));
  const foreign = files.filter(({ path }) => !ALLOWED.some((pattern) => pattern.test(path)));
  const size = ownPart(files);
  return [
    ...foreign.map(({ path }) => `${path}: not among what may be in the package`),
    ...NEEDED.filter((path) => !paths.has(path)).map((path) => `${path}: missing from the package`),
    ...files.filter((file) => file.size === 0).map(({ path }) => `${path}: empty`),
    ...(size > OWN_PART_LIMIT ? [`our own part: found ${size} bytes, allowed ${OWN_PART_LIMIT}`] : []),
  ];
}

/** What is wrong with what a file says; empty where all is well. */
export function textProblems(path: string, text: string): readonly string[] {
  return FORBIDDEN_TEXT.flatMap(([pattern, what]) => (pattern.test(text) ? [`${path}: ${what}`] : []));
}

/** The size of all files together, in bytes. */
export function ownPart(files: readonly PackedFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

/** The files of an archive. */
export function packedFiles(archive: string): readonly PackedFile[] {
  // The reader remembers archives by path, and this one may have been made anew.
  uncache(archive);
  return listPackage(archive, { isPack: false }).flatMap((listed) => {
    // The list has the system's separators and a leading one.
    const inner = listed.slice(1);
    const path = inner.replaceAll("\\", "/");
    const entry = statFile(archive, inner, false);
    if ("files" in entry) return [];
    // A link or a file beside the archive would be read from outside of what is checked.
    if ("link" in entry || entry.unpacked) return [{ path: `${path} (not in the archive itself)`, size: 0 }];
    return [{ path, size: entry.size }];
  });
}

/** Everything that is wrong in an archive: its list, its texts, its own hashes; empty where all is well. */
export function archiveProblems(archive: string): readonly string[] {
  const files = packedFiles(archive);
  const listed = contentProblems(files);
  if (listed.length > 0) return listed;
  return files.flatMap(({ path }) => {
    const body = extractFile(archive, path);
    return [...textProblems(path, body.toString("utf8")), ...hashProblems(archive, path, body)];
  });
}

/** Electron checks each file against the hash in the archive's header, so each has to have one, and the right one. */
function hashProblems(archive: string, path: string, body: Buffer): readonly string[] {
  const entry = statFile(archive, path);
  const integrity = "integrity" in entry ? entry.integrity : undefined;
  if (integrity === undefined) return [`${path}: the archive has no hash of it`];
  const found = createHash("sha256").update(body).digest("hex");
  return integrity.algorithm === "SHA256" && integrity.hash === found ? [] : [`${path}: is not what the archive's hash says`];
}

/** The hash of the archive's header: what the program carries in itself where Electron checks the archive. Hexadecimal. */
export function headerHash(archive: string): string {
  return createHash("sha256").update(getRawHeader(archive).headerString).digest("hex");
}
