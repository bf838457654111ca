/** A count with its noun: `1 line`, `3 lines`. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
