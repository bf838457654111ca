import { Unplug } from "lucide-react";
import { Component, type ReactNode } from "react";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";

interface LoadBoundaryProps {
  /** What stands in the place of code that could not be fetched. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

interface LoadBoundaryState {
  readonly failed: boolean;
}

/** Stands around what is fetched when it is first opened. */
export class LoadBoundary extends Component<LoadBoundaryProps, LoadBoundaryState> {
  override state: LoadBoundaryState = { failed: false };

  static getDerivedStateFromError(): LoadBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

/** Says that it did not come, and what helps: a page that has failed to fetch its code never asks again by itself. */
export function LoadFailed({ level }: { readonly level: 1 | 2 }) {
  return (
    <Blank level={level} icon={Unplug} title={texts.places.failed} role="alert">
      <p>{texts.places.failedHint}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {texts.places.reload}
      </button>
    </Blank>
  );
}
