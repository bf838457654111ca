import { z } from "zod";
import { type Order, orderStatuses } from "./order.ts";

const MAX_RESULTS = 50;
const USUAL_RESULTS = 10;

const text = z.string({ error: "must be text" }).max(200, { error: "must have at most 200 characters" });

/** What can be searched by. Other fields are none of the service's: bots send a lot along. */
const searchSchema = z.object(
  {
    order: text.optional(),
    customer: text.optional(),
    status: text
      .transform((given) => orderStatuses.find((status) => status.toLowerCase() === given.trim().toLowerCase()))
      .refine((status) => status !== undefined, { error: `must be one of ${orderStatuses.join(", ")}` })
      .optional(),
    query: text.optional(),
    limit: z.int({ error: "must be a whole number" }).min(1, { error: "must be at least 1" }).max(MAX_RESULTS, { error: `must be at most ${String(MAX_RESULTS)}` }).default(USUAL_RESULTS),
  },
  { error: "must be an object" },
);

/** What was found, or every field that is wrong. */
export type SearchResult =
  | { readonly ok: true; readonly found: readonly Order[]; readonly total: number; readonly limit: number }
  | { readonly ok: false; readonly problems: readonly { readonly field: string; readonly message: string }[] };

/**
 * Searches by the number of an order, by a customer's number or name, by status, and by words that stand anywhere in an
 * order; all of them have to fit, and case and accents do not count. Without any, the newest are found.
 */
export function searchOrders(orders: readonly Order[], wanted: unknown): SearchResult {
  const read = searchSchema.safeParse(wanted);
  if (!read.success) return { ok: false, problems: read.error.issues.map(({ path, message }) => ({ field: path.join("."), message })) };
  const { order, customer, status, query, limit } = read.data;
  const words = folded(query ?? "").split(/\s+/).filter((word) => word !== "");
  const found = orders.filter((one) => {
    if (order !== undefined && folded(one["Order Number"]) !== folded(order)) return false;
    if (status !== undefined && one.Status !== status) return false;
    const { "Customer Number": number, Name: name } = one.Customer;
    if (customer !== undefined && folded(number) !== folded(customer) && !folded(name).includes(folded(customer))) return false;
    const all = words.length === 0 ? "" : folded(wordsOf(one).join(" "));
    return words.every((word) => all.includes(word));
  });
  return { ok: true, found: found.slice(0, limit), total: found.length, limit };
}

/** What a person might look an order up by; the keys are none of it. */
function wordsOf({ "Order Number": number, Status: status, Customer: customer, Items: items, Shipping: shipping }: Order): readonly string[] {
  return [number, status, ...Object.values(customer), ...items.flatMap((item) => [item.SKU, item.Name]), shipping?.["Tracking Number"] ?? ""];
}

function folded(written: string): string {
  return written.normalize("NFD").replaceAll(/\p{M}/gu, "").trim().toLowerCase();
}
