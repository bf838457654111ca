import type { Span } from "../../shared/interaction.ts";
import { textSegments } from "./text-segments.ts";

/** A text with its matched words marked. Whatever the text holds is shown as text. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly Span[] }) {
  return textSegments(text, marks).map((segment) =>
    segment.marked ? <mark key={segment.start}>{segment.text}</mark> : <span key={segment.start}>{segment.text}</span>,
  );
}
