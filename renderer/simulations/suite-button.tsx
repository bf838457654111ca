import { FolderOpen } from "lucide-react";
import { useRef } from "react";

interface SuiteButtonProps {
  readonly label: string;
  readonly prominent?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Opens the system's dialog for a suite file. */
export function SuiteButton({ label, prominent, onFiles }: SuiteButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={prominent === true ? "button button-main" : "button"} onClick={() => input.current?.click()}>
        <FolderOpen size={16} strokeWidth={1.5} aria-hidden="true" />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept=".yaml,.yml,.json,.csv"
        hidden
        aria-label={label}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // So that the same file can be chosen again once it is corrected.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
