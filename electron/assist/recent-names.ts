/** Names that were added lately. */
export interface RecentNames {
  has(name: string): boolean;
  add(name: string): void;
}

const SMALLEST = 64;
const EMPTY = 0;

interface Generation {
  /** Added, and not looked for since: a stream whose numbers only rise never asks. */
  waiting: string[];
  table: Float64Array;
  /** How many digests stand in the table. */
  filled: number;
  added: number;
}

/**
 * Knows the names that were added last: at least `size` of them, and at most twice as many. Adding is an append; a
 * question first brings what was added since the last one into a flat table of 53-bit digests, because a set of strings
 * costs several times as much, most of it for the garbage collector. Two of 4,000 names share a digest with a chance of
 * one in a thousand million. Two generations: when the younger is full the older goes.
 */
export function createRecentNames(size: number): RecentNames {
  let recent = newGeneration();
  let older = newGeneration();
  return {
    has: (name) => {
      const digest = digestOf(name);
      return holds(recent, digest) || holds(older, digest);
    },
    add(name) {
      if (recent.added >= size) {
        older = recent;
        recent = newGeneration();
      }
      recent.waiting.push(name);
      recent.added += 1;
    },
  };
}

function newGeneration(): Generation {
  return { waiting: [], table: new Float64Array(SMALLEST), filled: 0, added: 0 };
}

function holds(generation: Generation, digest: number): boolean {
  if (generation.waiting.length > 0) {
    for (const name of generation.waiting) insert(generation, digestOf(name));
    generation.waiting = [];
  }
  return generation.table[place(generation.table, digest)] === digest;
}

function insert(generation: Generation, digest: number): void {
  if (generation.filled * 2 >= generation.table.length) generation.table = grown(generation.table);
  const at = place(generation.table, digest);
  if (generation.table[at] === digest) return;
  generation.table[at] = digest;
  generation.filled += 1;
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
