import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { TeamLine } from "../../shared/team.ts";
import type { Config } from "../config/complete-config.ts";
import { createHttp } from "../net/http.ts";
import { otlpAddress, otlpNanos, otlpText } from "../net/otlp.ts";
import { openDeskNetwork, type DeskNetworkPorts } from "./desk-network.ts";
import type { TeamDay } from "./team-export.ts";

const MAX_BATCH = 500;
const TIMEOUT_MS = 10_000;
const INFO = 9;

/** What one desk tells of one day. */
export interface TeamTelling {
  readonly otlpUrl: string;
  readonly network: Config["network"];
  readonly desk: string;
  readonly day: TeamDay;
  readonly lines: readonly TeamLine[];
  readonly signal: AbortSignal;
}

export interface TeamCollectorOptions extends DeskNetworkPorts {
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Sends a day's lines to an OpenTelemetry collector as log records (OTLP over HTTP, JSON), in batches, each line's JSON as
 * a record's body. A batch whose fate is unknown is sent again, so every record has an id by which a doubled one can be
 * told. Faults: those of a request.
 */
export async function tellCollector({ otlpUrl, network: wanted, desk, day, lines, signal }: TeamTelling, { clock, random, ...ports }: TeamCollectorOptions): Promise<Result<null, Fault>> {
  const opened = await openDeskNetwork(wanted, ports);
  if (!opened.ok) return opened;
  await using network = opened.value;
  const send = createHttp({ clock, random, fetch: network.fetch });
  for (let from = 0; from < lines.length; from += MAX_BATCH) {
    const value = logBatch({ desk, day, lines: lines.slice(from, from + MAX_BATCH) });
    const sent = await send({ method: "POST", url: otlpAddress(otlpUrl, "logs"), body: { kind: "json", value }, schema: z.unknown(), statusOnly: true, timeoutMs: TIMEOUT_MS, signal });
    if (!sent.ok) return sent;
  }
  return ok(null);
}

/** Lines as an OTLP request. */
export function logBatch({ desk, day, lines }: Pick<TeamTelling, "desk" | "day" | "lines">): object {
  return {
    resourceLogs: [
      {
        resource: { attributes: [otlpText("service.name", "callside"), otlpText("service.instance.id", desk)] },
        scopeLogs: [
          {
            scope: { name: "callside.team" },
            logRecords: lines.map((line) => ({
              timeUnixNano: otlpNanos(timeOf(line, day)),
              severityNumber: INFO,
              body: { stringValue: JSON.stringify(line) },
              attributes: [otlpText("event.name", `callside.${line.kind}`), otlpText("callside.day", day.day), otlpText("callside.line.id", lineId(desk, day, line))],
            })),
          },
        ],
      },
    ],
  };
}

function timeOf(line: TeamLine, day: TeamDay): number {
  if (line.kind === "set") return line.at;
  return line.kind === "interaction" ? line.startedAt : day.start;
}

function lineId(desk: string, { day }: TeamDay, line: TeamLine): string {
  return createHash("sha256").update(`${desk}\n${day}\n${JSON.stringify(line)}`).digest("hex").slice(0, 32);
}
