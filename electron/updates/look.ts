import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { attempt, type Fetch, hostOf } from "../net/attempt.ts";
import { statusFault } from "../net/status-fault.ts";
import { type FeedPlace, feedName, readFeed, type Release } from "./feed.ts";
import { isSigned } from "./feed-signature.ts";
import { isReached } from "./rollout.ts";
import type { UpdateProblem } from "./update-problem.ts";

const TIMEOUT_MS = 15_000;
/** A feed has a few hundred bytes and some notes. */
const MAX_FEED_BYTES = 64_000;
const MAX_SIGNATURE_BYTES = 1_000;

/** What a look at the feed found. */
export type Found =
  | { readonly kind: "nothing" }
  /** There is one, and its staged rollout has not reached this machine. */
  | { readonly kind: "held"; readonly version: string }
  | { readonly kind: "release"; readonly release: Release };

export interface LookOptions extends FeedPlace {
  /** Base64 of the 32 bytes of the maker's Ed25519 public key. */
  readonly publicKey: string;
  /** The version that runs. */
  readonly running: string;
  /** The machine's own number; see `rollout.ts`. */
  readonly place: number;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Fetches feed and signature, and reads nothing of the feed before the signature is found to be right. Redirects are not
 * followed. Nothing else is fetched here.
 */
export async function lookForUpdate(options: LookOptions): Promise<Result<Found, UpdateProblem>> {
  const name = feedName(options);
  const address = `${options.url}/${name}`;
  const feed = await get(address, MAX_FEED_BYTES, options);
  if (!feed.ok) return err(feed.error.status === 404 ? { kind: "no-feed", name } : { kind: "fault", fault: feed.error });
  const signature = await get(`${address}.sig`, MAX_SIGNATURE_BYTES, options);
  if (!signature.ok) return err(signature.error.status === 404 ? { kind: "unsigned" } : { kind: "fault", fault: signature.error });
  // Bytes that were no UTF-8 are not the same any more, so that what is read is exactly what was signed.
  if (!isSigned(Buffer.from(feed.value, "utf8"), signature.value, options.publicKey)) return err({ kind: "wrong-signature" });
  const release = readFeed(feed.value, options, options.running);
  if (!release.ok) return release;
  if (release.value === null) return ok({ kind: "nothing" });
  if (!isReached(options.place, release.value.stagingPercentage)) return ok({ kind: "held", version: release.value.version });
  return ok({ kind: "release", release: release.value });
}

async function get(url: string, maxBytes: number, { fetch, clock, signal }: LookOptions): Promise<Result<string, Fault>> {
  // A feed from a cache would be an old one.
  const reply = await attempt({ method: "GET", url, headers: { "cache-control": "no-cache" }, timeoutMs: TIMEOUT_MS, maxBytes, signal }, { fetch, clock });
  if (!reply.ok) return reply;
  if (reply.value.status !== 200) return err(statusFault(reply.value.status, `${hostOf(url)} answered ${reply.value.status}`));
  return ok(reply.value.text);
}
