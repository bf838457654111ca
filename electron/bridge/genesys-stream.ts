import type { ConnectionState } from "../../shared/connection.ts";

/** A message event of the platform, checked (contract 3.3). Times in ms since the Unix epoch. */
export interface PlatformMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly communicationId: string | null;
  readonly agentId: string | null;
  readonly customerName: string | null;
  readonly text: string;
  /** `unsaid`: the event names no direction. */
  readonly direction: "inbound" | "outbound" | "unsaid";
  readonly eventTime: number | null;
}

/**
 * What the stream tells, in the platform's order. `sequenceId` is the resume point that holds once the event is kept (null
 * where none is known yet), `number` the event's own: lower than the resume point where the event is sent again, null where it bears none.
 */
export type StreamEvent =
  | {
      readonly kind: "message";
      readonly message: PlatformMessage;
      readonly sequenceId: number | null;
      readonly number: number | null;
      readonly receivedAt: number;
    }
  /** Nothing to take, but the resume point moves: another type of event, a broken one with a number, the platform's own word. */
  | { readonly kind: "resume"; readonly point: number }
  | { readonly kind: "gap"; readonly from: number; readonly to: number }
  | { readonly kind: "gap-filled"; readonly count: number }
  | { readonly kind: "malformed"; readonly reason: string; readonly bytes: number };

/** The organisation's event stream, until it is disposed (contract 3.1 to 3.3). */
export interface GenesysStream extends AsyncDisposable {
  retryNow(): void;
  lastHeardAt(): number | null;
  state(): ConnectionState;
  /** Goes back to an earlier resume point, on a new connection where there is one: what came after it comes again, and is no gap. */
  resumeFrom(point: number | null): void;
}
