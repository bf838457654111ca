import { assertNever } from "../../shared/assert-never.ts";
import type { DesktopSettings } from "../../shared/desktop.ts";
import { displayAt, displayOf, overlap, type Bounds, type Displays, type Point } from "./window-displays.ts";

export type Dock = DesktopSettings["dock"];

/** Where the panel stands on one set of displays, docked and floating each for itself, so that neither forgets the other. */
export interface Place {
  /** The display that it docks on, by its id; null: none was chosen, so the one that is nearest. */
  readonly display: number | null;
  /** Its width while docked, as the person wants it. */
  readonly width: number;
  /** Where it floats; null: it never did. */
  readonly floating: Bounds | null;
}

export const DEFAULT_WIDTH = 400;
export const DEFAULT_HEIGHT = 900;
export const MIN_WIDTH = 360;
export const MIN_HEIGHT = 480;
/** How far from the edges a panel floats at first: further than the distance at which it would dock. */
const FIRST_MARGIN = 32;
/** As high as the thinnest title bar of the three systems. */
const HEADER_HEIGHT = 28;
/** What must be seen of the header: more than the buttons in it, about 140 on Windows, so that it can be taken hold of. */
const HEADER_GRIP = 200;

/** Before anything is remembered. */
export const FIRST_PLACE: Place = { display: null, width: DEFAULT_WIDTH, floating: null };

/**
 * The bounds of the panel at a place. Whatever was remembered, its header can be taken hold of within a work area and it
 * is not larger than that. `near` decides on the display where none is remembered or the remembered one is gone.
 */
export function boundsAt(dock: Dock, place: Place, displays: Displays, near: Point): Bounds {
  const display = displays.find(({ id }) => id === place.display) ?? displayAt(near, displays);
  switch (dock) {
    case "left":
    case "right":
      return dockedBounds(dock, place.width, display.workArea);
    case "floating":
      return fitted(place.floating ?? firstFloating(place.width, display.workArea), displays);
    default:
      return assertNever(dock);
  }
}

/** A width that a docked panel can have there: at most half of the work area, unless that were less than it needs. */
export function dockedWidth(wanted: number, workArea: Bounds): number {
  return Math.min(clamp(wanted, MIN_WIDTH, Math.floor(workArea.width / 2)), workArea.width);
}

/**
 * The bounds themselves where the panel is usable there, although a part of it may stand over an edge, since that is
 * where somebody put it. Otherwise in a size that fits; and if that does not help, wholly within the nearest work area.
 */
export function fitted(bounds: Bounds, displays: Displays): Bounds {
  if (displays.some(({ workArea }) => isUsable(bounds, workArea))) return bounds;
  const { workArea } = displayOf(bounds, displays);
  const sized = {
    ...bounds,
    width: clamp(bounds.width, Math.min(MIN_WIDTH, workArea.width), workArea.width),
    height: clamp(bounds.height, Math.min(MIN_HEIGHT, workArea.height), workArea.height),
  };
  return isUsable(sized, workArea) ? sized : within(sized, workArea);
}

/** Whether the header can be taken hold of in this work area, and the panel is neither larger than it nor too small. */
export function isUsable({ x, y, width, height }: Bounds, workArea: Bounds): boolean {
  return (
    width >= Math.min(MIN_WIDTH, workArea.width) &&
    width <= workArea.width &&
    height >= Math.min(MIN_HEIGHT, workArea.height) &&
    height <= workArea.height &&
    overlap(x, width, workArea.x, workArea.width) >= Math.min(HEADER_GRIP, width) &&
    y >= workArea.y &&
    y + HEADER_HEIGHT <= workArea.y + workArea.height
  );
}

/** Bounds that are not larger than the work area, moved into it. */
function within({ x, y, width, height }: Bounds, workArea: Bounds): Bounds {
  return {
    x: clamp(x, workArea.x, workArea.x + workArea.width - width),
    y: clamp(y, workArea.y, workArea.y + workArea.height - height),
    width,
    height,
  };
}

function dockedBounds(edge: "left" | "right", wanted: number, workArea: Bounds): Bounds {
  const width = dockedWidth(wanted, workArea);
  return { x: edge === "left" ? workArea.x : workArea.x + workArea.width - width, y: workArea.y, width, height: workArea.height };
}

function firstFloating(wanted: number, workArea: Bounds): Bounds {
  const width = dockedWidth(wanted, workArea);
  const height = Math.min(DEFAULT_HEIGHT, workArea.height);
  return {
    x: Math.max(workArea.x, workArea.x + workArea.width - width - FIRST_MARGIN),
    y: workArea.y + Math.min(FIRST_MARGIN, workArea.height - height),
    width,
    height,
  };
}

/** Where the two limits cross, the lower one holds. */
function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest));
}
