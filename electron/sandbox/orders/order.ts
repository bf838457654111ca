/** An order as the order service tells of it. Its keys are what such services really have: words with spaces, and some nested. */
export interface Order {
  readonly "Order Number": string;
  readonly Status: OrderStatus;
  /** A day: 2026-09-28. */
  readonly "Placed On": string;
  readonly Customer: { readonly "Customer Number": string; readonly Name: string; readonly "E-Mail": string };
  readonly Items: readonly OrderItem[];
  readonly Total: { readonly Amount: number; readonly Currency: "EUR" };
  /** Null until it has left. */
  readonly Shipping: { readonly Carrier: string; readonly "Tracking Number": string; readonly "Expected On": string } | null;
}

export interface OrderItem {
  readonly SKU: string;
  readonly Name: string;
  readonly Quantity: number;
  readonly "Unit Price": number;
}

export const orderStatuses = ["Processing", "Packed", "Shipped", "Delivered", "Returned", "Cancelled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];
