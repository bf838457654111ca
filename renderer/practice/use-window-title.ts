import { useEffect } from "react";
import { practiceMarkTexts } from "../texts/practice-mark-texts.ts";
import { texts } from "../texts.ts";

/** Names the window or the browser's tab, so that practice is told apart where only that is in sight. */
export function useWindowTitle(practising: boolean): void {
  useEffect(() => {
    document.title = practising ? practiceMarkTexts.windowTitle(texts.product) : texts.product;
  }, [practising]);
}
