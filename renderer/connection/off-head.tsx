import { texts } from "../texts.ts";

/** A connection that is off, and what would switch it on. */
export function OffHead({ hint }: { readonly hint: string }) {
  return (
    <>
      <div className="state-head">
        <span className="dot" data-tone="off" aria-hidden="true" />
        <p>
          <b>{texts.connection.idle}</b>
        </p>
      </div>
      <p className="link-hint">{hint}</p>
    </>
  );
}
