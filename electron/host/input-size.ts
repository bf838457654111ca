/** The largest input of a command, in bytes; also the largest message that the loopback socket takes. */
export const MAX_INPUT_BYTES = 256 * 1024;

/** How deep an input may be nested; a schema of JSON, and whoever writes it as text, recurse, and would run out of stack. */
export const MAX_INPUT_DEPTH = 100;

/**
 * Whether a value is plain data (what JSON can say) of at most `limit` bytes, roughly measured, and not nested deeper than
 * `MAX_INPUT_DEPTH`. Does not recurse, so neither depth nor a ring can hurt; stops as soon as a limit is passed.
 */
export function isSmallPlainData(value: unknown, limit: number): boolean {
  const open: { readonly one: unknown; readonly depth: number }[] = [{ one: value, depth: 0 }];
  let size = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { one, depth } = next;
    size += 8;
    if (typeof one === "string") {
      // A UTF-16 unit counts as a byte, which is exact for ASCII and near enough to keep memory bounded.
      size += one.length;
    } else if (typeof one === "object" && one !== null) {
      if (depth === MAX_INPUT_DEPTH || (!Array.isArray(one) && !isPlainObject(one))) return false;
      // An array's length is told before its members are, so that a sparse one of a billion is not walked.
      if (Array.isArray(one) && size + one.length * 8 > limit) return false;
      for (const [key, member] of Object.entries(one)) {
        size += key.length;
        open.push({ one: member, depth: depth + 1 });
      }
    } else if (typeof one === "function" || typeof one === "symbol" || typeof one === "bigint") {
      return false;
    }
    if (size > limit) return false;
  }
  return true;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
