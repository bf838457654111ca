import { WebSocket } from "ws";
import type { Network } from "./network.ts";

/** Starts a WebSocket connection; it throws only where address or headers cannot be used at all. */
export type Dial = (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>>; readonly maxPayloadBytes: number },
) => WebSocket;

/** Dials through `network` (its authorities, its proxy). */
export function createDial(network: Pick<Network, "socketOptions">): Dial {
  return (url, { headers, maxPayloadBytes }) =>
    new WebSocket(url, {
      ...network.socketOptions(url),
      headers: { ...headers },
      maxPayload: maxPayloadBytes,
      followRedirects: false,
      // Frames are small: compression costs more time than it saves, and a small frame could unpack to a huge one.
      perMessageDeflate: false,
      // A frame with broken UTF-8 is one malformed frame, to be counted and skipped; checked here it would end the connection.
      skipUTF8Validation: true,
    });
}
