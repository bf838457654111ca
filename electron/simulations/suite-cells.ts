import type { SourceFault } from "../documents/source-node.ts";

/** Where the cells of a CSV text begin, record by record, the header and empty lines among them. */
export type CellPlaces = readonly (readonly number[])[];

/**
 * Finds where each cell of a CSV text stands, which the parser does not tell, and what is wrong with the quotes, with its
 * place. Rules of RFC 4180: a cell is quoted as a whole or not at all, a quote within quotes is written twice.
 */
export function locateCells(text: string, delimiter: string): { readonly places: CellPlaces; readonly fault: SourceFault | null } {
  const places: number[][] = [];
  const plain = new RegExp(`[^"\\r\\n${delimiter}]*`, "y");
  let at = 0;
  while (at < text.length) {
    const record: number[] = [];
    places.push(record);
    for (;;) {
      record.push(at);
      const end = cellEnd(text, at, plain);
      if (end === -1) return { places, fault: { at, path: [], message: "found a quote that is not closed; allowed: a text in quotes, with each \" in it written twice" } };
      at = end;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
    else if (text[at] === "\r" || text[at] === "\n") at += 1;
    else if (at < text.length) {
      const after = text[record.at(-1) ?? at] === '"';
      return { places, fault: { at, path: [], message: after ? "found text after the closing quote of a cell; allowed: a delimiter or the end of the line" : "found a quote within a cell that is not in quotes; allowed: the whole cell in quotes, with each \" in it written twice" } };
    }
  }
  return { places, fault: null };
}

/** The offset behind the cell that begins at `start`; -1 where its quote is not closed. */
function cellEnd(text: string, start: number, plain: RegExp): number {
  if (text.charCodeAt(start) !== 34) {
    plain.lastIndex = start;
    plain.test(text);
    return plain.lastIndex;
  }
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && text.charCodeAt(end + 1) === 34) end = text.indexOf('"', end + 2);
  return end === -1 ? -1 : end + 1;
}
