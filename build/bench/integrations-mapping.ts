import { mapResponse } from "../../electron/integrations/mapping.ts";
import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import { median, type Figure } from "./figure.ts";

const BYTES = 1_000_000;
const ROUNDS = 25;
const WARM_ROUNDS = 10;

type ResponseMapping = IntegrationDefinition["config"]["response_mapping"];

/** What people ask a list of orders for: all of it, a part, some of its orders or fields, in another order, counted. */
const mappings: readonly ResponseMapping[] = [
  { extract: "*", normalize: "none" },
  { extract: "*", normalize: "map_keys" },
  { extract: "data.result", normalize: "flatten" },
  { extract: "data.result", normalize: "map_keys" },
  { extract: "data.result[0]", normalize: "map_keys" },
  { extract: "data.result[-5:]", normalize: "flatten" },
  { extract: 'data.result[*]."Order Number"', normalize: "flatten" },
  { extract: 'data.result[*].{number: "Order Number", status: Status, expected: "Expected On"}', normalize: "flatten" },
  { extract: "data.result[?Status == 'Shipped']", normalize: "map_keys" },
  { extract: "data.result[?Total > `100` && Status != 'Returned'].{number: \"Order Number\", total: Total}", normalize: "flatten" },
  { extract: "data.result[].Items[].Name", normalize: "flatten" },
  { extract: "sort_by(data.result, &Total)[-3:]", normalize: "map_keys" },
  { extract: "max_by(data.result, &Total).\"Order Number\"", normalize: "flatten" },
  { extract: "data.result[?contains(Customer, 'ourn')] | [0]", normalize: "map_keys" },
  { extract: "{count: length(data.result), total: sum(data.result[*].Total)}", normalize: "none" },
];

/** How long it takes to map a reply of 1 MB, expressions compiled each time, as a run does it, and the code warm. */
export function measureMapping(): readonly Figure[] {
  const text = JSON.stringify(replyOf(BYTES));
  const bytes = Buffer.byteLength(text);
  if (Math.abs(bytes - BYTES) > BYTES / 100) throw new Error(`the reply is of ${bytes} bytes`);
  const reply: JsonValue = JSON.parse(text);
  const times = mappings.map((mapping) => median(timesOf(reply, mapping)));
  return [
    { name: "a reply of 1 MB mapped, median of 15 expressions", value: median(times), unit: "ms", limit: { kind: "at most", value: 20 } },
    { name: "  the slowest of them", value: Math.max(...times), unit: "ms" },
    { name: "  JSON.parse of the reply, which comes first", value: median(Array.from({ length: ROUNDS }, () => elapsed(() => JSON.parse(text)))), unit: "ms" },
  ];
}

function timesOf(reply: JsonValue, mapping: ResponseMapping): readonly number[] {
  const once = (): number =>
    elapsed(() => {
      const mapped = mapResponse(reply, mapping);
      if (!mapped.ok) throw new Error(`${mapping.extract}: ${mapped.error.message}`);
    });
  for (let round = 0; round < WARM_ROUNDS; round += 1) once();
  return Array.from({ length: ROUNDS }, once);
}

function elapsed(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

const STATUS = ["Processing", "Shipped", "Delivered", "Returned"] as const;

/** Orders, as many as fill so many bytes of JSON. */
function replyOf(bytes: number): object {
  const result: object[] = [];
  for (let size = 0; size < bytes; ) {
    const order = orderOf(result.length);
    result.push(order);
    size += JSON.stringify(order).length + 1;
  }
  return { data: { result }, meta: { total: result.length, page: 1 } };
}

function orderOf(index: number): object {
  const items = Array.from({ length: 1 + (index % 3) }, (_, item) => ({ Name: `Desk lamp, brass, no. ${item}`, Quantity: 1 + ((index + item) % 4), Price: 19.5 + ((index * 7 + item) % 90) }));
  return {
    "Order Number": `ORD-${20_000 + index}`,
    Customer: ["Fournier", "Okafor", "Lindqvist", "Marchetti"][index % 4],
    Status: STATUS[(index * 5) % 7 % 4],
    Total: 20 + ((index * 37) % 400),
    Carrier: index % 5 === 0 ? null : "Northway",
    "Expected On": `2026-03-${String(1 + (index % 28)).padStart(2, "0")}`,
    Address: { Street: `${1 + (index % 120)} Harbour Road`, City: "Bergen", "Postal Code": `50${String(index % 100).padStart(2, "0")}` },
    Items: items,
  };
}
