import { Download } from "lucide-react";
import { useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { OverviewQuery } from "../../shared/overview.ts";
import type { HistoryActions } from "../history-actions.ts";
import { useActions } from "../panel-context.tsx";
import { overviewTexts } from "../texts/overview-texts.ts";
import { FaultNote } from "../ui/note.tsx";

const { export: words } = overviewTexts;

type Written =
  | { readonly kind: "none" }
  | { readonly kind: "writing" }
  | { readonly kind: "written"; readonly file: string; readonly copy: "not yet" | "copied" | "refused" }
  | { readonly kind: "failed"; readonly fault: Fault };

interface OverviewExportProps {
  readonly actions: Pick<HistoryActions, "exportOverview">;
  readonly query: () => OverviewQuery | null;
  readonly disabled: boolean;
}

/** Writes what is shown as CSV, and says where. */
export function OverviewExport({ actions, query, disabled }: OverviewExportProps) {
  const { copyText } = useActions();
  const [written, setWritten] = useState<Written>({ kind: "none" });
  const write = async (): Promise<void> => {
    const asked = query();
    // A disabled button would lose the focus; a second file is nobody's wish.
    if (asked === null || written.kind === "writing") return;
    setWritten({ kind: "writing" });
    const answer = await actions.exportOverview(asked);
    setWritten(answer.ok ? { kind: "written", file: answer.value, copy: "not yet" } : { kind: "failed", fault: answer.error });
  };
  const copy = async (file: string): Promise<void> => {
    setWritten({ kind: "written", file, copy: (await copyText(file)) ? "copied" : "refused" });
  };
  return (
    <>
      <button type="button" className="button" disabled={disabled} aria-disabled={disabled || written.kind === "writing"} onClick={() => void write()}>
        <Download size={14} strokeWidth={1.5} aria-hidden="true" />
        {words.button}
      </button>
      <div className="over-written" role="status" data-shown={written.kind !== "none"}>
        {written.kind === "writing" ? words.writing : null}
        {written.kind === "written" ? (
          <>
            {words.written} <code>{written.file}</code>
            <button type="button" className="button" onClick={() => void copy(written.file)}>
              {words.copy}
            </button>
            <span>{written.copy === "copied" ? words.copied : written.copy === "refused" ? words.refused : null}</span>
          </>
        ) : null}
        {written.kind === "failed" ? <FaultNote title={words.failed} fault={written.fault} /> : null}
      </div>
    </>
  );
}
