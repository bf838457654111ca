import type { Order, OrderItem, OrderStatus } from "./order.ts";

interface Product {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
}

const product = (sku: string, name: string, price: number): Product => ({ sku, name, price });

const kettle = product("KET-17", "Kettle, 1.7 litres", 39.9);
const toaster = product("TOA-02", "Toaster for two slices", 34.5);
const lamp = product("LMP-40", "Desk lamp, brass", 59);
const headphones = product("HPH-05", "Headphones, over-ear", 129);
const blender = product("BLE-11", "Blender with glass jar", 84.95);
const coffee = product("COF-08", "Café filter machine", 99);
const fan = product("FAN-30", "Fan, 30 cm", 44.9);
const heater = product("HEA-15", "Oil heater, 1500 W", 112.5);
const speaker = product("SPK-21", "Radio with Bluetooth", 74.99);
const filters = product("FIL-100", "Paper filters, box of 100", 4.2);

interface Buyer {
  readonly number: string;
  readonly name: string;
  readonly email: string;
}

const buyer = (number: string, name: string, mailbox: string): Buyer => ({ number, name, email: `${mailbox}@example.com` });

const renee = buyer("C-1041", "Renée Fournier", "renee.fournier");
const jonas = buyer("C-1057", "Jonas Krüger", "jonas.krueger");
const amara = buyer("C-1063", "Amara Okafor", "amara.okafor");
const lucia = buyer("C-1088", "Lucía Peña", "lucia.pena");
const tom = buyer("C-1102", "Tom Ashby", "tom.ashby");
const ingrid = buyer("C-1119", "Ingrid Sørensen", "ingrid.sorensen");
const piotr = buyer("C-1130", "Piotr Zieliński", "piotr.zielinski");
const mei = buyer("C-1144", "Mei Tanaka", "mei.tanaka");

type Line = readonly [product: Product, quantity: number];

/** What is in the books of the practice shop, newest first. */
export const practiceOrders: readonly Order[] = [
  order("ORD-20493", "Processing", "2026-10-09", renee, [[heater, 1]]),
  order("ORD-20491", "Processing", "2026-10-09", tom, [[coffee, 1], [filters, 3]]),
  order("ORD-20488", "Packed", "2026-10-08", mei, [[lamp, 2]]),
  order("ORD-20486", "Processing", "2026-10-08", piotr, [[headphones, 1]]),
  order("ORD-20482", "Packed", "2026-10-07", jonas, [[toaster, 1], [kettle, 1]]),
  order("ORD-20479", "Shipped", "2026-10-06", amara, [[speaker, 1]], "2026-10-12"),
  order("ORD-20477", "Cancelled", "2026-10-06", lucia, [[blender, 1]]),
  order("ORD-20471", "Shipped", "2026-10-05", ingrid, [[fan, 1]], "2026-10-10"),
  order("ORD-20468", "Shipped", "2026-10-04", renee, [[kettle, 1], [toaster, 1]], "2026-10-10"),
  order("ORD-20465", "Shipped", "2026-10-03", jonas, [[lamp, 1]], "2026-10-09"),
  order("ORD-20463", "Shipped", "2026-10-03", tom, [[filters, 10]], "2026-10-08"),
  order("ORD-20460", "Delivered", "2026-10-01", mei, [[kettle, 1]], "2026-10-06"),
  order("ORD-20457", "Delivered", "2026-09-30", amara, [[headphones, 1], [speaker, 1]], "2026-10-05"),
  order("ORD-20451", "Delivered", "2026-09-28", renee, [[lamp, 1]], "2026-10-02"),
  order("ORD-20448", "Returned", "2026-09-27", piotr, [[blender, 1]], "2026-10-01"),
  order("ORD-20442", "Delivered", "2026-09-25", lucia, [[coffee, 1], [filters, 2]], "2026-09-30"),
  order("ORD-20439", "Delivered", "2026-09-24", ingrid, [[heater, 2]], "2026-09-29"),
  order("ORD-20433", "Returned", "2026-09-22", tom, [[headphones, 1]], "2026-09-26"),
  order("ORD-20430", "Delivered", "2026-09-21", jonas, [[speaker, 1]], "2026-09-25"),
  order("ORD-20424", "Cancelled", "2026-09-19", mei, [[fan, 3]]),
  order("ORD-20415", "Delivered", "2026-09-17", amara, [[toaster, 1]], "2026-09-22"),
  order("ORD-20411", "Delivered", "2026-09-16", renee, [[filters, 4]], "2026-09-19"),
  order("ORD-20406", "Delivered", "2026-09-14", piotr, [[kettle, 2], [toaster, 2]], "2026-09-19"),
  order("ORD-20402", "Returned", "2026-09-12", lucia, [[fan, 1]], "2026-09-17"),
  order("ORD-20398", "Delivered", "2026-09-11", ingrid, [[lamp, 4]], "2026-09-16"),
  order("ORD-20391", "Delivered", "2026-09-08", tom, [[blender, 1], [kettle, 1]], "2026-09-12"),
  order("ORD-20387", "Delivered", "2026-09-07", mei, [[coffee, 1]], "2026-09-11"),
  order("ORD-20380", "Cancelled", "2026-09-04", jonas, [[headphones, 2]]),
  order("ORD-20374", "Delivered", "2026-09-02", amara, [[lamp, 1], [speaker, 1], [fan, 1]], "2026-09-08"),
  order("ORD-20369", "Delivered", "2026-09-01", lucia, [[kettle, 1]], "2026-09-04"),
];

/** `expected`: the day on which it should be there, of those that have left. */
function order(number: string, status: OrderStatus, placed: string, { number: customer, name, email }: Buyer, lines: readonly Line[], expected?: string): Order {
  const cents = lines.reduce((sum, [{ price }, quantity]) => sum + Math.round(price * 100) * quantity, 0);
  return {
    "Order Number": number,
    Status: status,
    "Placed On": placed,
    Customer: { "Customer Number": customer, Name: name, "E-Mail": email },
    Items: lines.map(([{ sku, name, price }, quantity]): OrderItem => ({ SKU: sku, Name: name, Quantity: quantity, "Unit Price": price })),
    Total: { Amount: cents / 100, Currency: "EUR" },
    Shipping: expected === undefined ? null : { Carrier: "Parcel Post", "Tracking Number": `PP${number.slice(4)}0026`, "Expected On": expected },
  };
}
