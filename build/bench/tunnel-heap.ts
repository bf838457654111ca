/** After so many the engine has also let go of the code that it compiled for the start and has not needed since. */
const ROUNDS = 10;

/** What the heap of this thread holds in MB, once everything that is garbage has been collected. */
export async function collected(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run with --expose-gc");
  for (let round = 0; round < ROUNDS; round += 1) {
    // What finalizers and weak references let go is garbage only in the next round.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    gc();
  }
  return process.memoryUsage().heapUsed / 1_000_000;
}
