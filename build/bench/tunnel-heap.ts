/** What the heap of this thread holds in MB, once everything that is garbage has been collected. */
export async function collected(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run with --expose-gc");
  // What finalizers and weak references let go is garbage only in the next round.
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    gc();
  }
  return process.memoryUsage().heapUsed / 1_000_000;
}
