/** The name of the performance entry that says when an update was painted; its detail is {@link Painted}. */
const PAINTED = "callside.painted";

/** `number`: the last update that the picture shows. `at`: when, in ms since the Unix epoch, on the page's own clock. */
interface Painted {
  readonly number: number;
  readonly at: number;
}

/**
 * Tells when updates have reached the screen: a `callside.painted` measure from the update's arrival to the task after
 * the frame that shows it, and its number in `data-painted` on the root element. Several updates of one frame are one
 * entry. The entry is taken out of the timeline again (observers have it by then), so that a long day leaves nothing.
 */
export function watchPainting(root: HTMLElement): (updateNumber: number) => void {
  let latest = 0;
  let start = 0;
  let waiting = false;
  const channel = new MessageChannel();
  channel.port1.addEventListener("message", () => {
    waiting = false;
    const end = performance.now();
    const detail: Painted = { number: latest, at: performance.timeOrigin + end };
    root.dataset.painted = String(latest);
    performance.measure(PAINTED, { start, end, detail });
    performance.clearMeasures(PAINTED);
  });
  channel.port1.start();
  return (updateNumber) => {
    latest = updateNumber;
    if (waiting) return;
    waiting = true;
    start = performance.now();
    // A message posted from a frame callback is handled after that frame's style, layout and paint.
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
}
