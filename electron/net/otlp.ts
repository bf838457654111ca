/** An attribute in OTLP's JSON (opentelemetry-proto, common.proto). */
export type OtlpAttribute = { readonly key: string; readonly value: { readonly stringValue: string } | { readonly intValue: string } };

export function otlpText(key: string, stringValue: string): OtlpAttribute {
  return { key, value: { stringValue } };
}

/** 64-bit numbers are texts in OTLP's JSON. */
export function otlpCount(key: string, value: number): OtlpAttribute {
  return { key, value: { intValue: String(value) } };
}

/** A time in ms since the Unix epoch as OTLP has it. Nanoseconds do not fit into a number; microseconds do. */
export function otlpNanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

/** The whole address of a signal: collectors take it at `/v1/<signal>` below their base; one that ends there already is kept. */
export function otlpAddress(otlpUrl: string, signal: "traces" | "logs"): string {
  const url = URL.parse(otlpUrl);
  if (url === null || url.pathname.endsWith(`/v1/${signal}`)) return otlpUrl;
  url.pathname = `${url.pathname.replace(/\/+$/u, "")}/v1/${signal}`;
  return url.href;
}
