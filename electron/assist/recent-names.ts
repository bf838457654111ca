/** Names that were added lately. */
export interface RecentNames {
  has(name: string): boolean;
  add(name: string): void;
}

const SMALLEST = 64;
const EMPTY = 0;

/**
 * Knows the names that were added last: at least `size` of them, and at most twice as many. What is kept is a digest of
 * 53 bits in a flat table, because every utterance passes here and a set of strings costs several times as much, most of
 * it for the garbage collector. Two of 4,000 names share a digest with a chance of one in a thousand million.
 * Two generations: when the younger is full the older goes.
 */
export function createRecentNames(size: number): RecentNames {
  let recent = new Float64Array(SMALLEST);
  let older = new Float64Array(SMALLEST);
  let count = 0;
  return {
    has(name) {
      const digest = digestOf(name);
      return recent[place(recent, digest)] === digest || older[place(older, digest)] === digest;
    },
    add(name) {
      if (count >= size) {
        older = recent;
        recent = new Float64Array(SMALLEST);
        count = 0;
      } else if (count * 2 >= recent.length) {
        recent = grown(recent);
      }
      const digest = digestOf(name);
      const at = place(recent, digest);
      if (recent[at] === digest) return;
      recent[at] = digest;
      count += 1;
    },
  };
}

/** Where a digest stands, or where it would: tables are at most half full, so there is always an empty place. */
function place(table: Float64Array, digest: number): number {
  const mask = table.length - 1;
  let at = digest & mask;
  while (table[at] !== EMPTY && table[at] !== digest) at = (at + 1) & mask;
  return at;
}

function grown(table: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(table.length * 4);
  for (const digest of table) if (digest !== EMPTY) larger[place(larger, digest)] = digest;
  return larger;
}

/** Two FNV-1a hashes of 32 bits over different starts, of which 53 bits are kept; never EMPTY. */
function digestOf(name: string): number {
  let low = 0x81_1c_9d_c5;
  let high = 0x9e_37_79_b9;
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01_00_01_93);
    high = Math.imul(high ^ unit, 0x85_eb_ca_6b) ^ (high >>> 13);
  }
  return ((high >>> 11) * 0x1_00_00_00_00 + (low >>> 0)) || 1;
}
