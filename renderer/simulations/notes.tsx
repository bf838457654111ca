import type { SimulationsView } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import type { BatchControl } from "./use-batch-control.ts";
import type { Upload } from "./use-suite-upload.ts";

const { run: words } = simulationTexts;

interface NotesProps {
  readonly view: SimulationsView;
  readonly control: BatchControl;
  readonly upload: Upload;
}

/** What did not work, and what waits for a person. Below everything, so that nothing moves when it comes. */
export function Notes({ view, control, upload }: NotesProps) {
  const { work, fault, batch, resumable } = view;
  const idle = work.kind === "idle";
  const refusal = fault === null ? control.refusal : null;
  return (
    <div className="notes">
      {upload.kind === "under way" ? <Note tone="none">{upload.words}</Note> : null}
      {upload.kind === "refused" ? <Note tone="bad">{upload.words}</Note> : null}
      {upload.kind === "failed" ? <FaultNote title={words.refused} fault={upload.fault} /> : null}
      {fault === null || !idle ? null : <FaultNote title={words.fault} fault={fault} />}
      {refusal === null ? null : <FaultNote title={words.refused} fault={refusal} />}
      {idle && batch?.end.kind === "stopped" ? <FaultNote title={words.stopped} fault={batch.end.fault} /> : null}
      {idle && resumable !== null ? (
        <Note
          tone="none"
          action={
            <button type="button" className="button" disabled={control.asking} onClick={() => control.run("resume")}>
              {words.resume}
            </button>
          }
        >
          {words.interrupted(resumable.done, resumable.total)}
        </Note>
      ) : null}
    </div>
  );
}
