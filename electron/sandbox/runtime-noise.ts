/** A frame of the runtime that is no JSON. */
export const NOT_JSON = "<html><body>502 Bad Gateway</body></html>";

/**
 * As many frames that nobody asked for as `count` says; `atMs` is the time now, ms since the Unix epoch. Some bear a
 * status beside their type, some neither: a client that matches replies by less than the contract says takes them for one.
 */
export function pushFrames(count: number, atMs: number): readonly object[] {
  const timestamp = new Date(atMs).toISOString();
  const forms = [
    (number: number) => ({ type: "QUEUE_UPDATE", status: "busy", number, timestamp }),
    (number: number) => ({ type: "AGENT_PRESENCE", available: number % 2 === 0, number, timestamp }),
    (number: number) => ({ notice: "maintenance tonight", number, timestamp }),
  ] as const;
  return Array.from({ length: count }, (_, at) => forms[at % forms.length]?.(at + 1) ?? {});
}
