import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { levelWords } from "../../shared/hop-words.ts";
import type { Log } from "../telemetry/log.ts";

/**
 * Writes to the log what whoever runs the bridge should know of its events: changes as they come, what may come by the
 * thousand once of its kind. No text of a message, no name, and nothing that the metrics and the audit file count.
 */
export function createBridgeLog(log: Pick<Log, "write" | "once">): (event: BridgeEvent) => void {
  const paused = new Set<string>();
  let storage: string | null = null;

  return (event) => {
    switch (event.kind) {
      case "malformed":
        log.once(`bridge frame: ${event.reason}`, "frame of Genesys skipped", { reason: event.reason, bytes: event.bytes });
        return;
      case "foreign":
        log.once("another agent's conversation", "message of another agent's conversation", {});
        return;
      case "gap":
        log.once("bridge gap", "events of Genesys missing", { from: event.from, to: event.to });
        return;
      case "level":
        log.write(event.level === "normal" ? "info" : "warn", "bridge latency", { hop: event.hop, level: event.level, words: levelWords(event) });
        return;
      case "dead-letter":
        log.once(`bridge dead letter: ${event.letter.fault.code}`, "message given up", { reason: event.letter.fault.code });
        return;
      case "uncertain":
        log.once("bridge uncertain", "reply uncertain", {});
        return;
      case "paused":
        // The end of the pause moves on with every failure.
        if ((event.until !== null) === paused.has(event.host)) return;
        if (event.until === null) paused.delete(event.host);
        else paused.add(event.host);
        log.write(event.until === null ? "info" : "warn", event.until === null ? "requests go again" : "requests paused", {
          host: event.host,
          ...(event.why === null ? {} : { why: event.why }),
        });
        return;
      case "storage":
        if (event.detail === storage) return;
        storage = event.detail;
        if (storage === null) log.write("info", "bridge storage works again");
        else log.write("error", "bridge storage", { detail: storage });
        return;
      case "message":
      case "duplicate":
      case "gap-filled":
      case "delivery":
      case "answered":
      case "withheld":
      case "left-to-agent":
      case "settled":
      case "answerer":
        return;
      default:
        assertNever(event);
    }
  };
}
