import { useActions, usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";

/** The way to the connections from a sheet, which gives way to theirs. */
export function SetupLink() {
  const { give, report } = useActions();
  const showSheet = usePanel((view) => view.showSheet);
  const open = async (): Promise<void> => {
    const shown = await give("setup.show", { step: "connect" });
    if (!shown.ok) report(shown.error);
    showSheet("none");
  };
  return (
    <button type="button" className="button" onClick={() => void open()}>
      {texts.setupLink.open}
    </button>
  );
}
