/**
 * What looks like a JWT, whole or cut off anywhere (`eyJ` is how `{"` begins in base64url): a server that echoes a
 * token may cut it short, and may echo another than the one that the connection began with.
 */
const JWT_LIKE = /eyJ[\w-]*(?:\.[\w-]+){1,2}|eyJ[\w-]{8,}/gu;

/**
 * Words of the other side without the tokens in them (contract 0): `known` ones, and whatever looks like one. Before
 * the words are cut to a length, else the first part of a token would stay.
 */
export function withholdTokens(text: string, known: readonly string[] = []): string {
  let clean = text;
  for (const token of known) clean = clean.replaceAll(token, "[token]");
  return clean.replaceAll(JWT_LIKE, "[token]");
}
