import { Check, CircleDashed, Ellipsis, type LucideIcon, Minus, TriangleAlert, X } from "lucide-react";
import type { HealthOutcome } from "../../shared/health.ts";

const icons: Readonly<Record<HealthOutcome["kind"], LucideIcon>> = {
  waiting: CircleDashed,
  running: Ellipsis,
  good: Check,
  doubtful: TriangleAlert,
  bad: X,
  skipped: Minus,
};

/** The shape of an outcome; its word stands beside it. Nothing of it moves: many run at a time. */
export function HealthMark({ kind }: { readonly kind: HealthOutcome["kind"] }) {
  const Icon = icons[kind];
  return (
    <span className="health-mark" data-kind={kind} aria-hidden="true">
      <Icon size={14} strokeWidth={2} />
    </span>
  );
}
