/** The largest input of a command, in bytes; also the largest message that the loopback socket takes. */
export const MAX_INPUT_BYTES = 256 * 1024;

/**
 * Whether a value is plain data (what JSON can say) of at most `limit` bytes, roughly measured.
 * Does not recurse, so neither depth nor a ring can hurt; stops as soon as the limit is passed.
 */
export function isSmallPlainData(value: unknown, limit: number): boolean {
  const open: unknown[] = [value];
  let size = 0;
  while (open.length > 0) {
    const one = open.pop();
    size += 8;
    if (typeof one === "string") {
      // A UTF-16 unit counts as a byte, which is exact for ASCII and near enough to keep memory bounded.
      size += one.length;
    } else if (typeof one === "object" && one !== null) {
      if (!Array.isArray(one) && !isPlainObject(one)) return false;
      // An array's length is told before its members are, so that a sparse one of a billion is not walked.
      if (Array.isArray(one) && size + one.length * 8 > limit) return false;
      for (const [key, member] of Object.entries(one)) {
        size += key.length;
        open.push(member);
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
