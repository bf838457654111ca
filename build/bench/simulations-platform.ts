import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/**
 * A simulation platform for measurements (contract 5.3), in a process of its own, so that nothing of what it costs is
 * counted: every bot of it answers as `simulations-cases.ts` expects.
 */
export const platformSchema = z.strictObject({
  /** How long after a request its answer is sent. */
  answerMs: z.number().nonnegative(),
  /** How often a simulation is still running when its result is asked for. */
  runningPolls: z.number().int().nonnegative(),
});
export type PlatformSettings = z.infer<typeof platformSchema>;

/** What the platform tells the process that measures: its port at first, then, whenever it is asked, the requests since it last told. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening"), port: z.number().int() }),
  z.strictObject({ kind: z.literal("counted"), requests: z.number().int() }),
]);
export type Report = z.infer<typeof reportSchema>;

const takenSchema = z.object({ testId: z.string(), input: z.object({ text: z.string() }) });

interface Simulation {
  readonly testId: string;
  readonly text: string;
  polls: number;
}

if (import.meta.main) serve(platformSchema.parse(JSON.parse(process.argv[2] ?? "")));

function serve({ answerMs, runningPolls }: PlatformSettings): void {
  const simulations = new Map<string, Simulation>();
  let requests = 0;
  let taken = 0;

  const replyTo = (url: string, body: string): object => {
    if (url === "/token") return { access_token: "bench", token_type: "Bearer", expires_in: 3_600 };
    if (url === "/simulate") {
      const { testId, input } = takenSchema.parse(JSON.parse(body));
      taken += 1;
      const simulationId = `sim-${taken}`;
      simulations.set(simulationId, { testId, text: input.text, polls: 0 });
      return { simulationId };
    }
    const simulationId = url.slice(url.lastIndexOf("/") + 1);
    const simulation = simulations.get(simulationId);
    if (simulation === undefined) throw new Error(`nobody was given ${simulationId}`);
    simulation.polls += 1;
    if (simulation.polls <= runningPolls) return { simulationId, status: "running" };
    simulations.delete(simulationId);
    return { simulationId, status: "completed", turns: turnsOf(simulation) };
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const reply = JSON.stringify(replyTo(request.url ?? "", body));
      const send = (): void => {
        response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(reply) });
        response.end(reply);
      };
      if (answerMs === 0) send();
      else setTimeout(send, answerMs);
    });
  });
  process.on("message", () => {
    tell({ kind: "counted", requests });
    requests = 0;
  });
  // Whoever measures is gone, in whatever way.
  process.on("disconnect", () => process.exit());
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    tell({ kind: "listening", port: typeof address === "object" && address !== null ? address.port : 0 });
  });
}

function tell(report: Report): void {
  process.send?.(report);
}

/** The bot greets, finds the intent and the number of the order, and answers at the usual length. */
function turnsOf({ testId, text }: Simulation): readonly object[] {
  const number = testId.slice(testId.lastIndexOf("_") + 1);
  return [
    { turnIndex: 0, flowId: "flow_greeting", output: `Hello! You said: ${text}. Let me see what I can do.` },
    {
      turnIndex: 1,
      flowId: "flow_order_status",
      intent: "check_order",
      entities: { order_id: `ORD_${number}` },
      output: `Here is your order ORD_${number}: it left our house yesterday and should be with you on Thursday before noon.`,
    },
  ];
}
