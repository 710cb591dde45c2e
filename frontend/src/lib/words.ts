// Words and sentences of a text as the keyboard walks over them, and spans that grow and shrink by a word.

export interface Span {
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-]*/gu;
const REACH = 400;

/** The first word that starts at or after `offset`. */
export function wordAfter(text: string, offset: number): Span | null {
  WORD.lastIndex = Math.max(offset, 0);
  // A search that starts within a word would find its rest: step over that first.
  if (offset > 0 && isWordUnit(text, offset - 1) && isWordUnit(text, offset)) {
    WORD.exec(text);
  }
  const match = WORD.exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : null;
}

/** The last word that ends at or before `offset`. */
export function wordBefore(text: string, offset: number): Span | null {
  for (let reach = REACH; ; reach *= 8) {
    const from = Math.max(0, offset - reach);
    const window = text.slice(from, offset);
    let found: Span | null = null;
    // matchAll starts where the pattern last stopped.
    WORD.lastIndex = 0;
    for (const match of window.matchAll(WORD)) {
      const start = from + match.index;
      const isCutAtTheFront = match.index === 0 && from > 0;
      if (!isCutAtTheFront) found = { start, end: start + match[0].length };
    }
    if (found && found.end === offset && isWordUnit(text, offset)) {
      const earlier = wordBefore(text, found.start);
      return earlier;
    }
    if (found || from === 0) return found;
  }
}

/** The word at an offset, else the next one, else the last one. */
export function wordAt(text: string, offset: number): Span | null {
  let start = Math.min(Math.max(offset, 0), text.length);
  while (start > 0 && isWordUnit(text, start - 1) && isWordUnit(text, start)) start -= 1;
  WORD.lastIndex = start;
  const match = WORD.exec(text);
  if (match) return { start: match.index, end: match.index + match[0].length };
  return wordBefore(text, text.length);
}

function isWordUnit(text: string, place: number): boolean {
  return /[\p{L}\p{N}\p{M}'’\-\ud800-\udfff]/u.test(text.charAt(place));
}

/** The span with its end one word further on. */
export function growEnd(text: string, span: Span): Span {
  const next = wordAfter(text, span.end);
  return next ? { start: span.start, end: next.end } : span;
}

/** The span with its end one word back; never shorter than a word. */
export function shrinkEnd(text: string, span: Span): Span {
  const last = wordBefore(text, span.end);
  const before = last && wordBefore(text, last.start);
  return before && before.start >= span.start ? { start: span.start, end: before.end } : span;
}

/** The span with its start one word further out. */
export function growStart(text: string, span: Span): Span {
  const previous = wordBefore(text, span.start);
  return previous ? { start: previous.start, end: span.end } : span;
}

/** The span with its start one word further in; never shorter than a word. */
export function shrinkStart(text: string, span: Span): Span {
  const first = wordAt(text, span.start);
  const next = first && wordAfter(text, first.end);
  return next && next.end <= span.end ? { start: next.start, end: span.end } : span;
}

const CLOSING = /[.!?…]["'”’)\]]*\s+|\n[^\S\n]*\n/g;

/** The sentence around an offset, near enough for completion and for steps by key. */
export function sentenceAt(text: string, offset: number): Span {
  const from = Math.max(0, offset - 2000);
  const to = Math.min(text.length, offset + 2000);
  let start = from;
  let end = to;
  for (const match of text.slice(from, to).matchAll(CLOSING)) {
    const close = from + match.index + match[0].length;
    if (close <= offset) start = close;
    else {
      end = from + match.index + match[0].trimEnd().length;
      break;
    }
  }
  return { start, end: Math.max(end, start) };
}

/** The sentence after, or before, the one around an offset. */
export function sentenceStep(text: string, offset: number, step: 1 | -1): Span | null {
  const here = sentenceAt(text, offset);
  if (step > 0) {
    const next = wordAfter(text, here.end);
    return next ? sentenceAt(text, next.start) : null;
  }
  const before = wordBefore(text, here.start);
  return before ? sentenceAt(text, before.start) : null;
}
