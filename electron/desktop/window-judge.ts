import { displayOf, sameBounds, type Bounds, type Displays } from "./window-displays.ts";
import type { Dock } from "./window-place.ts";

/** How near to the edge of a work area a side of the panel is let go of for it to dock there. */
const DOCK_DISTANCE = 24;
/** A window manager may round what it is told; less than this is no act of a person's. */
const SLACK = 4;

/** How the window came to its new bounds, where the system tells it. */
export type Cause = "moved" | "resized" | "unknown";

/** What a person did to the window. */
export type Act =
  | { readonly kind: "none" }
  /** It stays where it is docked, as wide as this. */
  | { readonly kind: "widened"; readonly width: number }
  | { readonly kind: "docked"; readonly edge: "left" | "right"; readonly display: number }
  | { readonly kind: "floated"; readonly bounds: Bounds };

/**
 * What a person meant by bringing the window from `before` to `after`. Only moving it docks it, and only moving it away
 * undocks it: whoever pulls at a border wants another size.
 */
export function judgeAct(
  { before, after, dock, displays, cause }: { readonly before: Bounds; readonly after: Bounds; readonly dock: Dock; readonly displays: Displays; readonly cause: Cause },
): Act {
  if (isNear(before, after)) return { kind: "none" };
  if (cause === "resized" || (cause === "unknown" && isResized(before, after))) {
    return dock === "floating" ? { kind: "floated", bounds: after } : { kind: "widened", width: after.width };
  }
  const { id, workArea } = displayOf(after, displays);
  const toLeft = Math.abs(after.x - workArea.x);
  const toRight = Math.abs(workArea.x + workArea.width - (after.x + after.width));
  if (Math.min(toLeft, toRight) > DOCK_DISTANCE) return { kind: "floated", bounds: after };
  return { kind: "docked", edge: toLeft < toRight ? "left" : "right", display: id };
}

/** Whether two bounds are the same but for what window managers round. */
export function isNear(a: Bounds, b: Bounds): boolean {
  return sameBounds(a, b) || [a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height].every((difference) => Math.abs(difference) < SLACK);
}

/** A side stays where it was when the other one is pulled; a window that is moved takes both along. */
function isResized(before: Bounds, after: Bounds): boolean {
  if (Math.abs(after.width - before.width) < SLACK && Math.abs(after.height - before.height) < SLACK) return false;
  const stays = (a: number, b: number): boolean => Math.abs(a - b) < SLACK;
  const acrossStays = stays(before.x, after.x) || stays(before.x + before.width, after.x + after.width);
  const downStays = stays(before.y, after.y) || stays(before.y + before.height, after.y + after.height);
  return acrossStays && downStays;
}
