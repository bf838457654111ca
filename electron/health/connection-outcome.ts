import { assertNever } from "../../shared/assert-never.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { ConnectionView } from "../../shared/panel-state.ts";
import { englishWords } from "../words/en.ts";
import type { Standing } from "../words/en/health-words.ts";
import { bad, doubtful, good, skipped, type HealthWords } from "./outcome.ts";

/** A connection as it stands; `latencyMs`: the last round trip, null where none is known. */
export interface StandingConnection extends ConnectionView {
  readonly latencyMs: number | null;
}

/**
 * What a connection's state says. No second session is opened to find out: platforms count sessions. `now` in ms since the
 * Unix epoch; in English unless `words` are given. Pure.
 */
export function connectionOutcome(connection: StandingConnection, now: number, words: HealthWords = englishWords.health): HealthOutcome {
  const { state, lastHeardAt, latencyMs } = connection;
  const standing = (since: number): Standing => ({ openMs: now - since, heardMs: lastHeardAt === null ? null : now - lastHeardAt, latencyMs });
  switch (state.kind) {
    case "idle":
      return skipped(words.notOpened);
    case "closed":
      return skipped(words.wasClosed);
    case "validating":
    case "connecting":
      return doubtful(words.opening(now - state.since));
    case "connected": {
      const { missed = 0, recovered = 0 } = connection.gaps ?? {};
      return missed <= recovered ? good(words.open(standing(state.since))) : doubtful(words.eventsMissed(standing(state.since), missed - recovered));
    }
    case "checking":
      return doubtful(words.late(standing(state.connectedSince)));
    case "degraded":
      return doubtful(degradedWords(state, standing(state.connectedSince), words));
    case "reconnecting":
    case "rejected":
      return bad(state.fault);
    default:
      return assertNever(state);
  }
}

type Degraded = Extract<ConnectionView["state"], { kind: "degraded" }>;

function degradedWords({ cause, detail }: Degraded, standing: Standing, words: HealthWords): ReturnType<HealthWords["probe"]> {
  switch (cause) {
    case "pong-late":
      return words.degradedLate(standing);
    case "channel-unavailable":
      return words.channel(standing, detail);
    case "probe-unanswered":
      return words.probe(standing);
    default:
      return assertNever(cause);
  }
}
