import type { LucideIcon } from "lucide-react";
import type { MouseEventHandler } from "react";

interface IconButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: MouseEventHandler<HTMLButtonElement>;
  /** For buttons that stay pressed; drawn with a filled icon. */
  readonly pressed?: boolean;
  readonly shortcut?: string;
}

/** A button that is an icon of 16 px in a target of 26 px, named by its label. */
export function IconButton({ icon: Icon, label, onClick, pressed, shortcut }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      onClick={onClick}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
    </button>
  );
}
