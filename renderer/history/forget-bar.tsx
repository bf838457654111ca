import { type ReactNode, useState } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { ForgetOutcome } from "../../shared/history.ts";
import type { Interaction } from "../../shared/interaction.ts";
import type { HistoryActions } from "../history-actions.ts";
import { fullName } from "../panel/interaction-names.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { Confirm } from "../ui/confirm.tsx";
import { formatDate, formatTime } from "../ui/format.ts";
import { FaultNote, Note } from "../ui/note.tsx";

const { forget: words } = historyTexts;

/** What stays because it still goes on. */
type Live = ForgetOutcome["live"];

/** How far forgetting is. Nothing is erased before it was said what goes, and a person said yes. */
type Forgetting =
  | { readonly kind: "no" }
  | { readonly kind: "asked-one" }
  | { readonly kind: "counting" }
  | { readonly kind: "asked-customer"; readonly name: string; readonly count: number; readonly live: Live }
  | { readonly kind: "nobody"; readonly name: string; readonly live: Live }
  | { readonly kind: "still-live" }
  | { readonly kind: "erasing" }
  | { readonly kind: "failed"; readonly title: string; readonly fault: Fault };

interface ForgetBarProps {
  readonly interaction: Interaction;
  readonly lines: number;
  readonly suggestions: number;
  readonly actions: Pick<HistoryActions, "forget" | "countCustomer" | "forgetCustomer">;
  /** Told what went, in words: this one, or all of the customer's. */
  readonly onForgotten: (which: "one" | "customer", told: string) => void;
}

/** Forgetting this interaction, or everything about its customer. */
export function ForgetBar({ interaction, lines, suggestions, actions, onForgotten }: ForgetBarProps) {
  const [state, setState] = useState<Forgetting>({ kind: "no" });
  const { customerName, startedAt } = interaction;

  const forgetOne = async (): Promise<void> => {
    setState({ kind: "erasing" });
    const answer = await actions.forget(interaction.id);
    if (!answer.ok) return setState(answer.error.code === "not-allowed" ? { kind: "still-live" } : { kind: "failed", title: words.failed, fault: answer.error });
    onForgotten("one", words.doneOne);
  };
  const count = async (name: string): Promise<void> => {
    setState({ kind: "counting" });
    const answer = await actions.countCustomer(name);
    if (!answer.ok) return setState({ kind: "failed", title: words.countFailed, fault: answer.error });
    const { interactions, live } = answer.value;
    setState(interactions === 0 ? { kind: "nobody", name, live } : { kind: "asked-customer", name, count: interactions, live });
  };
  const forgetCustomer = async (name: string): Promise<void> => {
    setState({ kind: "erasing" });
    const answer = await actions.forgetCustomer(name);
    if (!answer.ok) return setState({ kind: "failed", title: words.failed, fault: answer.error });
    const { interactions, live } = answer.value;
    onForgotten("customer", withStaying(words.doneCustomer(interactions), live));
  };

  const note = (): ReactNode => {
    switch (state.kind) {
      case "no":
        return null;
      case "counting":
        return <Note tone="none">{words.counting}</Note>;
      case "erasing":
        return <Note tone="none">{words.erasing}</Note>;
      case "nobody":
        return <Note tone="none">{state.live.length === 0 ? words.nobody(state.name) : withStaying(words.nothingYet, state.live)}</Note>;
      case "still-live":
        return (
          <Note tone="warn">
            <b>{words.failed}</b> {words.stillLive}
          </Note>
        );
      case "failed":
        return <FaultNote title={state.title} fault={state.fault} />;
      case "asked-one":
        return (
          <Confirm title={words.confirmOne(fullName(interaction))} confirm={words.now} cancel={words.cancel} onConfirm={() => void forgetOne()} onCancel={() => setState({ kind: "no" })}>
            {words.whatOne(formatDate(startedAt), formatTime(startedAt), lines, suggestions)}
          </Confirm>
        );
      case "asked-customer":
        return (
          <Confirm
            title={words.confirmCustomer(state.name)}
            confirm={words.allNow(state.count)}
            cancel={words.cancel}
            onConfirm={() => void forgetCustomer(state.name)}
            onCancel={() => setState({ kind: "no" })}
          >
            {withStaying(words.whatCustomer(state.count, state.name), state.live)}
          </Confirm>
        );
      default:
        return assertNever(state);
    }
  };
  const busy = state.kind === "counting" || state.kind === "erasing";
  return (
    <>
      <div className="past-forget">
        <button type="button" className="quiet-button" disabled={busy} onClick={() => setState({ kind: "asked-one" })}>
          {words.one}
        </button>
        {customerName === undefined || customerName.trim() === "" ? null : (
          <button type="button" className="quiet-button ellipsis" disabled={busy} onClick={() => void count(customerName)}>
            {words.customer(customerName)}
          </button>
        )}
      </div>
      <div className="notes">{note()}</div>
    </>
  );
}

/** Adds which conversations stay, and until when. */
function withStaying(told: string, live: Live): string {
  if (live.length === 0) return told;
  return `${told} ${words.staying(live.map(({ startedAt }) => `${formatDate(startedAt)}, ${formatTime(startedAt)}`))}`;
}
