/**
 * Waits for a condition by letting I/O go on, turn by turn of the event loop; it never sleeps. Fails after `limitMs` of
 * real time, so that a condition that never comes true says which one it was.
 */
export async function until(condition: () => boolean, what = condition.toString(), limitMs = 10_000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > limitMs) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
