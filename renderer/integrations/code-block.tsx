interface CodeBlockProps {
  readonly label: string;
  readonly text: string;
  readonly tall?: boolean;
  /** It does not fit what is written now. */
  readonly stale?: boolean;
}

/** Text from elsewhere, as it is: never markup. It can be scrolled by keyboard. */
export function CodeBlock({ label, text, tall = false, stale = false }: CodeBlockProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the text cannot be scrolled by keyboard
    <pre className="code-block" dir="ltr" role="region" aria-label={label} tabIndex={0} data-tall={tall} data-stale={stale}>
      {text}
    </pre>
  );
}
