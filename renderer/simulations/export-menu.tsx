import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { ExportFormat } from "../../shared/simulation-view.ts";
import { useActions } from "../panel-context.tsx";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import { MenuButton } from "./menu-button.tsx";

type Written =
  | { readonly kind: "none" }
  | { readonly kind: "writing" }
  | { readonly kind: "written"; readonly file: string; readonly copy: "not yet" | "copied" | "refused" }
  | { readonly kind: "failed"; readonly fault: Fault };

const { export: words } = simulationTexts;
const formats = ["junit", "json", "html"] as const satisfies readonly ExportFormat[];

/** Writes the batch that is shown as a report, and tells where the file is. */
export function ExportMenu({ batchId }: { readonly batchId: string | null }) {
  return (
    <MenuButton label={words.button} disabled={batchId === null}>
      <ExportChoice key={batchId} />
    </MenuButton>
  );
}

function ExportChoice() {
  const { simulations, copyText } = useActions();
  const [written, setWritten] = useState<Written>({ kind: "none" });
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const write = async (format: ExportFormat): Promise<void> => {
    setWritten({ kind: "writing" });
    const answer = await simulations.export(format);
    if (here.current) setWritten(answer.ok ? { kind: "written", file: answer.value.file, copy: "not yet" } : { kind: "failed", fault: answer.error });
  };
  const copy = async (file: string): Promise<void> => {
    const copied = await copyText(file);
    if (here.current) setWritten({ kind: "written", file, copy: copied ? "copied" : "refused" });
  };
  return (
    <>
      <p>{words.hint}</p>
      <ul className="menu-list">
        {formats.map((format) => (
          <li key={format}>
            <button type="button" className="menu-row" disabled={written.kind === "writing"} onClick={() => void write(format)}>
              {words.formats[format]}
            </button>
          </li>
        ))}
      </ul>
      <output className="export-written">
        {written.kind === "writing" ? words.writing : null}
        {written.kind === "written" ? (
          <>
            {words.written} <code>{written.file}</code>
            <button type="button" className="button" onClick={() => void copy(written.file)}>
              {written.copy === "copied" ? words.copied : words.copy}
            </button>
            {written.copy === "refused" ? words.copyFailed : null}
          </>
        ) : null}
      </output>
      {written.kind === "failed" ? <FaultNote title={simulationTexts.run.refused} fault={written.fault} /> : null}
    </>
  );
}
