// New and corrected positions before they are recorded: sensible first values, spans changed word by word, what is missing.

import type { NewPosition } from "./api";
import type { Offsets } from "./offsets";
import type { Act, Codebook, Pair, Position, Sign } from "./types";
import { growEnd, growStart, shrinkEnd, shrinkStart, wordAfter, wordBefore, type Span } from "./words";

/** A text with the server's offsets, in which spans can be moved by words. */
export interface Ruler {
  text: string;
  offsets: Offsets;
}

export type SpanStep = "growEnd" | "shrinkEnd" | "growStart" | "shrinkStart";
export type CueStep = "earlier" | "later" | "wider" | "narrower";

const STEPS = { growEnd, shrinkEnd, growStart, shrinkStart };

const toSpan = ({ offsets }: Ruler, [start, end]: Pair): Span => ({ start: offsets.toUnits(start), end: offsets.toUnits(end) });
const toPair = ({ offsets }: Ruler, span: Span): Pair => [offsets.toPoints(span.start), offsets.toPoints(span.end)];

/** The words of a pair of offsets. */
export function wordsAt(ruler: Ruler, pair: Pair): string {
  const span = toSpan(ruler, pair);
  return ruler.text.slice(span.start, span.end);
}

/** The position with its evidence one word longer or shorter; its cue stays inside. */
export function reshaped<P extends NewPosition>(position: P, step: SpanStep, ruler: Ruler): P {
  const evidence = [...position.evidence].sort((a, b) => a[0] - b[0]);
  const place = step.endsWith("End") ? evidence.length - 1 : 0;
  const old = evidence[place];
  if (!old) return position;
  evidence[place] = toPair(ruler, STEPS[step](ruler.text, toSpan(ruler, old)));
  return { ...position, evidence, cue: cueInside(position.cue, evidence) };
}

/** The cue, or the nearest thing to it that lies inside the evidence. */
export function cueInside(cue: Pair, evidence: readonly Pair[]): Pair {
  if (evidence.some(([start, end]) => start <= cue[0] && cue[1] <= end)) return cue;
  for (const [start, end] of evidence) {
    const clipped: Pair = [Math.max(start, cue[0]), Math.min(end, cue[1])];
    if (clipped[1] > clipped[0]) return clipped;
  }
  return evidence[0] ?? cue;
}

/** The position with its cue moved, widened or narrowed by a word, never out of the evidence. */
export function recued<P extends NewPosition>(position: P, step: CueStep, ruler: Ruler): P {
  const cue = toSpan(ruler, position.cue);
  const { text } = ruler;
  const moves: Record<CueStep, () => Span | null> = {
    earlier: () => wordBefore(text, cue.start),
    later: () => wordAfter(text, cue.end),
    wider: () => growEnd(text, cue),
    narrower: () => shrinkEnd(text, cue),
  };
  const moved = moves[step]();
  if (!moved) return position;
  const pair = toPair(ruler, moved);
  const isInside = position.evidence.some(([start, end]) => start <= pair[0] && pair[1] <= end);
  return isInside ? { ...position, cue: pair } : position;
}

interface Guess {
  act: Act;
  polarity: Sign;
  cue: Span | null;
}

/** The act whose cues, as the codebook lists them, begin like a word of the selection; "state" where none does. */
export function guessAct(text: string, codebook: Codebook | null): Guess {
  for (let word = wordAfter(text, 0); word; word = wordAfter(text, word.end)) {
    const letters = text.slice(word.start, word.end).toLowerCase();
    for (const { act, usual_polarity, cues } of codebook?.acts ?? []) {
      const stems = cues.toLowerCase().match(/\p{L}{5,}/gu) ?? [];
      if (stems.some((stem) => letters.startsWith(stem.slice(0, Math.max(5, stem.length - 2))))) {
        return { act, polarity: usual_polarity, cue: word };
      }
    }
  }
  return { act: "state", polarity: null, cue: null };
}

interface Start {
  selection: Span;
  ruler: Ruler;
  issuers: readonly string[];
  /** Actors that the selected words mention, in reading order. */
  mentioned: readonly string[];
  codebook: Codebook | null;
}

/** A new position from selected words: held by the issuers, towards the first other actor that the words mention. */
export function positionFrom({ selection, ruler, issuers, mentioned, codebook }: Start): NewPosition {
  const guess = guessAct(ruler.text.slice(selection.start, selection.end), codebook);
  const first = wordAfter(ruler.text, selection.start);
  const cue = guess.cue
    ? { start: selection.start + guess.cue.start, end: selection.start + guess.cue.end }
    : first && first.end <= selection.end
      ? first
      : selection;
  const targets = mentioned.filter((each) => !issuers.includes(each)).slice(0, 1);
  return {
    holders: [...issuers], holder_form: "implicit", via: [], targets, polarity: targets.length ? (guess.polarity ?? 0) : null,
    concept: null, agreement: null, act: guess.act, status: "actual", voice: "own", evidence: [toPair(ruler, selection)],
    cue: toPair(ruler, cue), strength: "plain", certainty: "sure", date: null,
  };
}

/** The draft as the codebook allows it: no sign without a target, no agreement without a concept. */
export function settled<P extends NewPosition>(draft: P): P {
  const concept = draft.concept?.trim() || null;
  return {
    ...draft,
    concept,
    polarity: draft.targets.length ? (draft.polarity ?? 0) : null,
    agreement: concept === null ? null : draft.agreement,
    date: draft.date?.trim() || null,
  };
}

/** What keeps a draft from being recorded, in words; empty where nothing does. */
export function missing(draft: NewPosition): string {
  if (draft.holders.length === 0) return "Who holds it? Name at least one holder.";
  if (draft.targets.length === 0 && !draft.concept?.trim()) return "Towards whom, or about what? Name a target, a concept or both.";
  if (draft.date?.trim() && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(draft.date.trim())) return "Write the date as 1961, 1961-05 or 1961-05-17.";
  return "";
}

/** Whether two positions say the same, ids and scores aside. */
export function isSame(a: NewPosition | Position, b: NewPosition | Position): boolean {
  const bare = (position: NewPosition | Position) =>
    JSON.stringify(Object.entries({ ...position, id: "", score: 0 }).sort(([x], [y]) => (x < y ? -1 : 1)));
  return bare(a) === bare(b);
}
