/** Throws where nobody catches it, so that the process hears of it as of any exception, while the work goes on. */
export function throwApart(bug: unknown): void {
  queueMicrotask(() => {
    throw bug;
  });
}
