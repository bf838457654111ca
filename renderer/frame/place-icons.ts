import { ArrowLeftRight, ChartColumn, FlaskConical, GraduationCap, Headphones, History, type LucideIcon, Plug, Scale } from "lucide-react";
import type { Place } from "./places.ts";

export const placeIcons: Readonly<Record<Place, LucideIcon>> = {
  live: Headphones,
  overview: ChartColumn,
  history: History,
  workshop: Scale,
  simulations: FlaskConical,
  bridge: ArrowLeftRight,
  integrations: Plug,
  practice: GraduationCap,
};
