import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { SetupForm } from "../../shared/setup.ts";
import { useServices } from "../panel-context.tsx";
import type { SetupActions } from "./setup-actions.ts";

/** While somebody types, main hears of it this often; it keeps what it hears. */
const SEND_AFTER_MS = 120;

interface TypedForm {
  readonly value: (key: string) => string;
  readonly type: (key: string, value: string) => void;
  /** Sends what was not sent yet; resolves when main has kept it. */
  readonly flush: () => Promise<Result<null, Fault>>;
}

/** What is typed into a form: shown at once, and told to main shortly after, at the latest when the form goes away. */
export function useTypedForm(form: SetupForm, actions: SetupActions): TypedForm {
  const { clock } = useServices();
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const waiting = useRef<{ readonly form: SetupForm; readonly cancel: () => void } | null>(null);
  const value = (key: string): string => typed.get(key) ?? form.fields.find((field) => field.key === key)?.value ?? "";

  const flush = useMemo(
    () => async (): Promise<Result<null, Fault>> => {
      const last = waiting.current;
      waiting.current = null;
      last?.cancel();
      return last === null ? { ok: true, value: null } : actions.enter(last.form);
    },
    [actions],
  );
  const type = (key: string, text: string): void => {
    const all = new Map(typed).set(key, text);
    setTyped(all);
    waiting.current?.cancel();
    waiting.current = {
      form: { system: form.system, fields: form.fields.map((field) => ({ key: field.key, value: all.get(field.key) ?? field.value })) },
      cancel: clock.after(SEND_AFTER_MS, () => void flush()),
    };
  };
  const leave = useEffectEvent(() => void flush());
  useEffect(() => {
    const onHide = (): void => leave();
    window.addEventListener("pagehide", onHide);
    return () => {
      window.removeEventListener("pagehide", onHide);
      leave();
    };
  }, []);
  return { value, type, flush };
}
