import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface BlankProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly level?: 1 | 2;
  readonly role?: "alert";
  readonly children: ReactNode;
}

/** An empty or error state that teaches: what belongs here, and what to do now. */
export function Blank({ icon: Icon, title, level = 2, role, children }: BlankProps) {
  const Title = level === 1 ? "h1" : "h2";
  return (
    <div className="blank" role={role}>
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
      <Title>{title}</Title>
      <div className="blank-hint">{children}</div>
    </div>
  );
}
