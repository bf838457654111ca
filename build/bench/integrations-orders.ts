import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/**
 * A service that looks up orders, for measurements, in a process of its own, so that nothing of what it costs is counted.
 * At `/failing` it is always down, and says so at once.
 */
export const ordersSchema = z.strictObject({
  /** How long after a request its answer is sent. */
  answerMs: z.number().nonnegative(),
});
export type OrdersSettings = z.infer<typeof ordersSchema>;

/** What the service tells the process that measures: its port at first, then, whenever it is asked, the requests since it last told. */
export const ordersReportSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening"), port: z.number().int() }),
  z.strictObject({ kind: z.literal("counted"), requests: z.number().int() }),
]);
export type OrdersReport = z.infer<typeof ordersReportSchema>;

/** What is asked for; a request that asks for anything else is refused. */
const searchSchema = z.strictObject({ limit: z.number().int(), customer: z.string(), status: z.string() });

if (import.meta.main) serve(ordersSchema.parse(JSON.parse(process.argv[2] ?? "")));

function serve({ answerMs }: OrdersSettings): void {
  let requests = 0;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const send = (status: number, reply: object): void => {
        const text = JSON.stringify(reply);
        response.writeHead(status, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(text) });
        response.end(text);
      };
      if (request.url === "/failing") send(503, { error: "down" });
      else if (request.headers.authorization !== "Bearer bench-secret") send(401, { error: "who asks?" });
      else {
        const reply = found(searchSchema.parse(JSON.parse(body)));
        setTimeout(send, answerMs, 200, reply);
      }
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

function tell(report: OrdersReport): void {
  process.send?.(report);
}

function found({ limit, customer, status }: z.infer<typeof searchSchema>): object {
  const result = Array.from({ length: limit }, (_, index) => ({
    "Order Number": `ORD-${20_000 + index}`,
    Customer: customer,
    Status: status,
    Carrier: "Northway",
    "Expected On": "2026-03-06",
    Items: [{ Name: "Desk lamp, brass", Quantity: 1 + index, Price: 79.5 }],
  }));
  return { data: { result }, meta: { total: limit, page: 1 } };
}
