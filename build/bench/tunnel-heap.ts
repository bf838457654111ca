/** What finalizers and weak references let go in one round is garbage in the next. */
const ROUNDS = 3;

/** What the heap of this thread holds in MB, once the engine has let go of everything that it can. */
export async function collected(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run with --expose-gc");
  for (let round = 0; round < ROUNDS; round += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    // The ordinary kind leaves megabytes of sources from the start for later, sooner in one process than in another.
    gc({ type: "major", execution: "sync", flavor: "last-resort" });
  }
  return process.memoryUsage().heapUsed / 1_000_000;
}
