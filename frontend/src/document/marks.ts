// What the text shows of positions: which block holds which spans, and how a segment's underlines are drawn.

import type { Chunk } from "../lib/chunks";
import { chunkAt } from "../lib/chunks";
import type { Offsets } from "../lib/offsets";
import { assignLanes, type Mark, type Segment } from "../lib/segments";
import { signOf, signWords } from "../lib/sentence";
import type { MentionRow, PositionRow } from "../lib/types";
import { sentenceAt } from "../lib/words";

export const MOST_LANES = 6;
export const LANE = 4;

export interface TextMark extends Mark {
  kind: "support" | "opposition" | "neither";
  isChecked: boolean;
}

export interface RoleMark {
  start: number;
  end: number;
  role: "cue" | "holder" | "target" | "via";
}

/** Marks of a row, kept while the row is the same: a decision on one of 4,000 makes one anew. */
const made = new WeakMap<PositionRow, TextMark[]>();

/** Spans of every standing position, in UTF-16 units; a row gives the same marks each time. */
export function marksOf(rows: readonly PositionRow[], offsets: Offsets): TextMark[] {
  const marks: TextMark[] = [];
  for (const row of rows) {
    if (row.state === "rejected") continue;
    let own = made.get(row);
    if (!own) {
      const { kind } = signWords(signOf(row.position));
      const isChecked = row.state !== "suggested";
      own = row.position.evidence.map(([start, end]) => ({
        id: row.position.id, start: offsets.toUnits(start), end: offsets.toUnits(end), kind, isChecked,
      }));
      made.set(row, own);
    }
    marks.push(...own);
  }
  return marks;
}

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((each, place) => each === b[place]);

/** Marks by the blocks that they touch; a block whose marks did not change keeps its list of `before`. */
export function marksByChunk(marks: readonly TextMark[], chunks: readonly Chunk[], before: readonly TextMark[][] = []): TextMark[][] {
  const table = tableOf(marks, chunks);
  return table.map((list, place) => {
    const old = before[place];
    return old && isSameList(old, list) ? old : list;
  });
}

function tableOf(marks: readonly TextMark[], chunks: readonly Chunk[]): TextMark[][] {
  const table: TextMark[][] = chunks.map(() => []);
  for (const mark of marks) {
    for (let place = chunkAt(chunks, mark.start); place < chunks.length; place += 1) {
      if ((chunks[place]?.start ?? Infinity) >= mark.end) break;
      table[place]?.push(mark);
    }
  }
  return table;
}

/** How many lanes a block needs under its lines, so that plain and drawn text stand alike. */
export function lanesOf(marks: readonly TextMark[]): number {
  if (marks.length === 0) return 0;
  let lanes = counted.get(marks);
  if (lanes === undefined) {
    lanes = Math.max(...assignLanes(marks, MOST_LANES).values()) + 1;
    counted.set(marks, lanes);
  }
  return lanes;
}

const counted = new WeakMap<readonly TextMark[], number>();

/** Holder, target and reporter mentions in the position's sentences, and its cue. */
export function rolesOf(row: PositionRow, mentions: readonly MentionRow[], text: string, offsets: Offsets): RoleMark[] {
  const { position } = row;
  const roles: RoleMark[] = [{ start: offsets.toUnits(position.cue[0]), end: offsets.toUnits(position.cue[1]), role: "cue" }];
  const places = position.evidence.map(([start, end]) => {
    const from = sentenceAt(text, offsets.toUnits(start)).start;
    const to = sentenceAt(text, Math.max(offsets.toUnits(end) - 1, 0)).end;
    return [offsets.toPoints(from), offsets.toPoints(Math.max(to, offsets.toUnits(end)))] as const;
  });
  for (const mention of mentions) {
    if (!places.some(([from, to]) => mention.start >= from && mention.end <= to)) continue;
    const role = position.holders.includes(mention.actor)
      ? "holder"
      : position.targets.includes(mention.actor)
        ? "target"
        : position.via.includes(mention.actor)
          ? "via"
          : null;
    if (role) roles.push({ start: offsets.toUnits(mention.start), end: offsets.toUnits(mention.end), role });
  }
  return roles;
}

export interface Underlines {
  image: string;
  size: string;
  place: string;
}

/** Underlines as background layers: solid support, dashed opposition, dotted neither; thick where a person has checked. */
export function underlines(segment: Segment<TextMark>, lanes: number): Underlines | null {
  const images: string[] = [];
  const sizes: string[] = [];
  const places: string[] = [];
  segment.lanes.forEach((mark, lane) => {
    if (!mark) return;
    images.push(strokeOf(mark));
    sizes.push(`100% ${mark.isChecked ? 3 : 1.5}px`);
    places.push(`0 calc(100% - ${(lanes - 1 - lane) * LANE}px)`);
  });
  return images.length ? { image: images.join(","), size: sizes.join(","), place: places.join(",") } : null;
}

function strokeOf(mark: TextMark): string {
  const colour = `var(--${mark.kind})`;
  if (mark.kind === "support") return `linear-gradient(${colour},${colour})`;
  const [on, off] = mark.kind === "opposition" ? [6, 9] : [2, 5];
  return `repeating-linear-gradient(90deg,${colour} 0 ${on}px,transparent ${on}px ${off}px)`;
}
