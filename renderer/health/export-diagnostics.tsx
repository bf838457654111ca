import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { HealthActions } from "../health-actions.ts";
import { useActions } from "../panel-context.tsx";
import { healthTexts } from "../texts/health-texts.ts";
import { FaultNote } from "../ui/note.tsx";

type Written =
  | { readonly kind: "none" }
  | { readonly kind: "writing" }
  | { readonly kind: "written"; readonly file: string; readonly copy: "not yet" | "copied" | "refused" }
  | { readonly kind: "failed"; readonly fault: Fault };

const { export: words } = healthTexts;

/** Writes one file for whoever helps: what is in it and what is not is said before, where it is afterwards. */
export function ExportDiagnostics({ actions }: { readonly actions: HealthActions }) {
  const { copyText } = useActions();
  const [written, setWritten] = useState<Written>({ kind: "none" });
  const outcome = useRef<HTMLDivElement>(null);
  // It stands at the end of a long page: where the button is pressed it is mostly below the edge.
  useEffect(() => {
    if (written.kind === "written" || written.kind === "failed") outcome.current?.scrollIntoView({ block: "nearest" });
  }, [written.kind]);
  const write = async (): Promise<void> => {
    // A disabled button would lose the focus; a second file is nobody's wish.
    if (written.kind === "writing") return;
    setWritten({ kind: "writing" });
    const answer = await actions.exportDiagnostics();
    setWritten(answer.ok ? { kind: "written", file: answer.value, copy: "not yet" } : { kind: "failed", fault: answer.error });
  };
  const copy = async (file: string): Promise<void> => {
    setWritten({ kind: "written", file, copy: (await copyText(file)) ? "copied" : "refused" });
  };
  return (
    <section className="health-export" aria-labelledby="health-export">
      <h3 id="health-export">{words.title}</h3>
      <p>{words.hint}</p>
      <div className="health-contents">
        <Contents title={words.within} rows={words.withinList} />
        <Contents title={words.without} rows={words.withoutList} />
      </div>
      <button type="button" className="button" aria-disabled={written.kind === "writing"} onClick={() => void write()}>
        {words.button}
      </button>
      <div ref={outcome}>
        <output className="health-written">
          {written.kind === "writing" ? words.writing : null}
          {written.kind === "written" ? (
            <>
              {words.written} <code>{written.file}</code>
            </>
          ) : null}
        </output>
        {written.kind === "written" ? (
          <p className="health-copy-path">
            <button type="button" className="button" onClick={() => void copy(written.file)}>
              {words.copyPath}
            </button>
            <output>{written.copy === "copied" ? healthTexts.copied : written.copy === "refused" ? healthTexts.copyFailed : null}</output>
          </p>
        ) : null}
        {written.kind === "failed" ? <FaultNote title={words.failed} fault={written.fault} /> : null}
      </div>
    </section>
  );
}

function Contents({ title, rows }: { readonly title: string; readonly rows: readonly string[] }) {
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {rows.map((row) => (
          <li key={row}>{row}</li>
        ))}
      </ul>
    </div>
  );
}
