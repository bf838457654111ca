/** A draft's `config` as the rules see it: what stands there, right or wrong. */
export type DraftConfig = Readonly<Record<string, unknown>>;

/** A map, in the sense of JSON. */
export function isMap(value: unknown): value is DraftConfig {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own value of a key; nothing inherited. */
export function own(map: DraftConfig, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The text under a key, or `otherwise` where there is none. */
export function textOf(map: DraftConfig, key: string, otherwise: string): string {
  const value = own(map, key);
  return typeof value === "string" ? value : otherwise;
}

/** How the secret is sent: the scheme, and the header it goes into in lower case; null where none is sent. */
export function authHeader(config: DraftConfig): { readonly type: string; readonly header: string } | null {
  const type = textOf(config, "auth_type", "bearer");
  return type === "none" ? null : { type, header: textOf(config, "auth_header_name", "Authorization").toLowerCase() };
}
