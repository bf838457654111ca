/** Closes a switch over a union: a member that was forgotten is a type error here, and a bug if it is reached. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
