// A long text in blocks that can be drawn one by one: at blank lines, else at line ends, else at spaces.

export interface Chunk {
  start: number;
  end: number;
}

const LONGEST = 3000;

/** Blocks that cover the text without gap or overlap, none much longer than 3,000 units. */
export function cutChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  const blank = /\n[^\S\n]*\n\s*/g;
  let start = 0;
  for (let match = blank.exec(text); match; match = blank.exec(text)) {
    if (match.index === 0) continue;
    pushPieces(chunks, text, start, match.index + match[0].length);
    start = match.index + match[0].length;
  }
  if (start < text.length) pushPieces(chunks, text, start, text.length);
  return chunks;
}

function pushPieces(chunks: Chunk[], text: string, start: number, end: number): void {
  let from = start;
  while (end - from > LONGEST * 1.2) {
    const window = text.slice(from, from + LONGEST);
    const stop = lastOf(window, "\n") ?? lastOf(window, ". ") ?? lastOf(window, " ") ?? safeEnd(window);
    chunks.push({ start: from, end: from + stop });
    from += stop;
  }
  if (end > from) chunks.push({ start: from, end });
}

function lastOf(window: string, mark: string): number | null {
  const place = window.lastIndexOf(mark);
  return place > LONGEST / 4 ? place + mark.length : null;
}

/** Never between the two units of one character. */
function safeEnd(window: string): number {
  const last = window.charCodeAt(window.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? window.length - 1 : window.length;
}

/** Index of the block that holds an offset; the last one for an offset at or beyond the end. */
export function chunkAt(chunks: readonly Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
