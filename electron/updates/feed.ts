import { parse } from "yaml";
import { z } from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import { isLoopback } from "../net/loopback-address.ts";
import type { UpdateProblem } from "./update-problem.ts";
import { compareVersions, parseVersion } from "./version.ts";

/** A system that updates are made for, as Node names it. */
export type UpdatePlatform = "win32" | "darwin" | "linux";

/** Where a program looks and what it may take. */
export interface FeedPlace {
  /** The folder at the server, without a slash at its end. */
  readonly url: string;
  readonly channel: string;
  readonly platform: UpdatePlatform;
  /** As Node names it; on Linux each has a feed of its own. */
  readonly arch: string;
}

/** A package of a release. */
export interface ReleaseFile {
  /** Whole address. */
  readonly url: string;
  /** Base64. */
  readonly sha512: string;
  /** In bytes. */
  readonly size: number;
}

/** What a feed offers, checked. */
export interface Release {
  readonly version: string;
  readonly files: readonly ReleaseFile[];
  /** For a person; null: none. */
  readonly notes: string | null;
  /** ISO 8601, or empty. */
  readonly date: string;
  /** To how many of a hundred machines it goes, 0 to 100. */
  readonly stagingPercentage: number;
  /** The least version of the operating system, as `os.release()` says it; null where it does not matter. */
  readonly minimumSystemVersion: string | null;
}

/** Far beyond what a person reads in the panel. */
const MAX_NOTES = 600;
/** More than any package of ours will have: a number that is meant to fill the disk is none of a package. */
const MAX_PACKAGE_BYTES = 1_000_000_000;

const PACKAGE_ENDINGS: Readonly<Record<UpdatePlatform, string>> = { win32: ".exe", darwin: ".zip", linux: ".AppImage" };

/** electron-builder's own fields, and the two that our build adds before it signs. What else is in it is nobody's business. */
const feedSchema = z.object({
  version: z.string().max(256),
  platform: z.string().max(40),
  channel: z.string().max(40),
  files: z
    .array(
      z.object({
        url: z.string().min(1).max(2_000),
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, "is no SHA-512 as base64"),
        size: z.int().min(1).max(MAX_PACKAGE_BYTES),
      }),
    )
    .min(1)
    .max(20),
  releaseNotes: z.string().nullish(),
  releaseDate: z.string().max(60).nullish(),
  stagingPercentage: z.number().min(0).max(100).nullish(),
  minimumSystemVersion: z.string().max(60).nullish(),
});

/** The feed's file name, as electron-builder gives it: the channel, and behind it the platform where that is not Windows. */
export function feedName({ channel, platform, arch }: Pick<FeedPlace, "channel" | "platform" | "arch">): string {
  const suffix = { win32: "", darwin: "-mac", linux: arch === "x64" ? "-linux" : `-linux-${arch}` }[platform];
  return `${channel}${suffix}.yml`;
}

/**
 * Reads a feed whose signature has been checked. Gives what it offers, or null where that is what runs already. A signed feed
 * may still be the wrong one: put in the place of another, or an old one shown again.
 */
export function readFeed(text: string, place: FeedPlace, running: string): Result<Release | null, UpdateProblem> {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch {
    return err({ kind: "malformed", detail: "it is no YAML" });
  }
  const parsed = feedSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return err({ kind: "malformed", detail: `${issue?.path.map(String).join(".") || "the feed"}: ${issue?.message ?? "is not as expected"}` });
  }
  const feed = parsed.data;
  if (feed.platform !== place.platform) return err({ kind: "wrong-platform", found: feed.platform, allowed: place.platform });
  if (feed.channel !== place.channel) return err({ kind: "wrong-channel", found: feed.channel, allowed: place.channel });
  const [version, current] = [parseVersion(feed.version), parseVersion(running)];
  if (version === null) return err({ kind: "no-version", found: JSON.stringify(feed.version.slice(0, 40)) });
  if (current === null) return err({ kind: "no-version", found: JSON.stringify(running.slice(0, 40)) });
  const order = compareVersions(version, current);
  if (order < 0) return err({ kind: "older", found: feed.version, running });
  const files = readFiles(feed.files, place);
  if (!files.ok) return files;
  if (order === 0) return ok(null);
  return ok({
    version: feed.version,
    files: files.value,
    notes: notesOf(feed.releaseNotes),
    date: feed.releaseDate ?? "",
    stagingPercentage: feed.stagingPercentage ?? 100,
    minimumSystemVersion: feed.minimumSystemVersion ?? null,
  });
}

function readFiles(listed: readonly ReleaseFile[], { url: base, platform }: FeedPlace): Result<readonly ReleaseFile[], UpdateProblem> {
  const files: ReleaseFile[] = [];
  for (const { url, sha512, size } of listed) {
    const whole = URL.parse(url, `${base}/`);
    // The same rule as for every address: plain http on this machine only.
    const fits = whole !== null && whole.username === "" && whole.password === "" && (whole.protocol === "https:" || (whole.protocol === "http:" && isLoopback(whole)));
    if (!fits) return err({ kind: "malformed", detail: "files: an address that is not https" });
    files.push({ url: whole.href, sha512, size });
  }
  const ending = PACKAGE_ENDINGS[platform];
  if (!files.some(({ url }) => new URL(url).pathname.endsWith(ending))) return err({ kind: "wrong-platform", found: "a feed without a package of this system", allowed: `one that ends in ${ending}` });
  return ok(files);
}

/** Notes are text; a feed may have them as HTML, which the panel shows as it stands, so marks are dropped. */
function notesOf(notes: string | null | undefined): string | null {
  const text = (notes ?? "").replaceAll(/<[^>]*>/gu, " ").replaceAll(/\s+/gu, " ").trim();
  if (text === "") return null;
  return text.length > MAX_NOTES ? `${text.slice(0, MAX_NOTES)}…` : text;
}
