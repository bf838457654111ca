import { useEffect, useEffectEvent } from "react";
import { type Chat, compose } from "./use-chat.ts";
import { useKeys } from "./use-keys.ts";

/** The keys of a bridged chat: `r` writes, `t` takes over or hands back, `z` and Ctrl+Z take back what is held. */
export function useChatKeys(chat: Chat | null): void {
  useKeys((key, event) => {
    if (chat === null || event.repeat) return false;
    if (key === "r") compose();
    else if (key === "t") chat.answer(chat.takesOver ? "agent" : "bot");
    else return false;
    return true;
  });
  // What is held is a matter of seconds: it goes before what else can be taken back.
  useKeys((key) => key === "z" && chat !== null && chat.undoLast(), "first");

  const onUndoKey = useEffectEvent((event: KeyboardEvent): void => {
    if (chat === null || event.defaultPrevented || event.key.toLowerCase() !== "z" || event.shiftKey || event.altKey || event.ctrlKey === event.metaKey) return;
    if (document.querySelector("dialog:modal") !== null || isWriting(event.target)) return;
    if (chat.undoLast()) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onUndoKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

/** In a field with text, the same keys take back what was typed. */
function isWriting(target: EventTarget | null): boolean {
  return (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.value !== "";
}
