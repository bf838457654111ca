/**
 * Gives every event its turn: one that comes about while another is being taken (a listener acted on what it was told)
 * waits until that one is done, so that no step is taken in the middle of another.
 */
export function inTurn<E>(take: (event: E) => void): (event: E) => void {
  const waiting: E[] = [];
  let taking = false;
  return (event) => {
    waiting.push(event);
    if (taking) return;
    taking = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) take(next);
    } finally {
      taking = false;
    }
  };
}
