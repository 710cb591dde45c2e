// The matrix's cells by row and column, with what each shows.

import type { MatrixAnswer } from "./types";

export interface Cell {
  support: number;
  opposition: number;
  kind: "support" | "opposition" | "both";
  /** Evidence as a share of the strongest cell's. */
  share: number;
  text: string;
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));

export function cellTable(answer: Pick<MatrixAnswer, "actors" | "cells">): (Cell | null)[][] {
  const n = answer.actors.length;
  const table: (Cell | null)[][] = Array.from({ length: n }, () => new Array<Cell | null>(n).fill(null));
  const most = Math.max(1, ...answer.cells.map((cell) => cell.support + cell.opposition));
  for (const { row, column, support, opposition } of answer.cells) {
    const cells = table[row];
    if (!cells || column >= n || support + opposition <= 0) continue;
    const signs = [support > 0 ? `+${figure(support)}` : "", opposition > 0 ? `−${figure(opposition)}` : ""].filter(Boolean);
    const kind = support > 0 && opposition > 0 ? "both" : support > 0 ? "support" : "opposition";
    cells[column] = { support, opposition, kind, share: (support + opposition) / most, text: signs.join(" ") };
  }
  return table;
}
