/** Control characters but for line breaks and tabs, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}--[\n\t]]|\p{Cs}/gv;
const LINE_END = /\r\n?/gu;

/**
 * What a person or a bot wrote, without what no text field shows or every system breaks on in its own way: control
 * characters are taken out and lone surrogates too, all line ends are `\n`. HTML stays as it is: it is shown as text.
 */
export function cleanText(text: string): string {
  return text.replace(LINE_END, "\n").replace(UNPRINTABLE, "");
}
