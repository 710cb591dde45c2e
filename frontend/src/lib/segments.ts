// Text cut at every span boundary, so that overlapping spans stay legible: each piece knows which lanes run under it.

export interface Mark {
  id: string;
  start: number;
  end: number;
}

export interface Segment<M extends Mark> {
  start: number;
  end: number;
  /** One entry a lane, from the text downwards; null where the lane is free here. */
  lanes: (M | null)[];
  /** Every mark that covers the segment, longest first, those beyond the last lane included. */
  marks: M[];
  /** How many marks found no lane. */
  hidden: number;
}

/** Longer spans first where they start together, so that they take the outer place. */
function byStart(a: Mark, b: Mark): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Lanes by interval colouring: each mark takes the lowest lane that is free where it starts, which uses as few lanes as
 * the deepest overlap asks for. Marks beyond `most` lanes get none.
 */
export function assignLanes<M extends Mark>(marks: readonly M[], most: number): Map<M, number> {
  const lanes = new Map<M, number>();
  const busyUntil: number[] = [];
  for (const mark of [...marks].sort(byStart)) {
    let lane = busyUntil.findIndex((end) => end <= mark.start);
    if (lane < 0) lane = busyUntil.length;
    if (lane >= most) continue;
    busyUntil[lane] = mark.end;
    lanes.set(mark, lane);
  }
  return lanes;
}

/**
 * The segments of `[start, end)`, covering it without gap or overlap.
 *
 * Marks that only touch the range, or are empty, are left out; the others are clipped. `cuts` asks for further boundaries.
 */
export function cutSegments<M extends Mark>(
  start: number,
  end: number,
  marks: readonly M[],
  most = 6,
  cuts: readonly number[] = [],
): Segment<M>[] {
  if (end <= start) return [];
  const inside = marks.filter((mark) => mark.start < end && mark.end > start && mark.end > mark.start).sort(byStart);
  const lanes = assignLanes(inside, most);
  const bounds = new Set<number>([start, end]);
  for (const mark of inside) {
    bounds.add(Math.max(mark.start, start));
    bounds.add(Math.min(mark.end, end));
  }
  for (const cut of cuts) if (cut > start && cut < end) bounds.add(cut);
  const places = [...bounds].sort((a, b) => a - b);
  const segments: Segment<M>[] = [];
  let active: M[] = [];
  let next = 0;
  for (let place = 0; place + 1 < places.length; place += 1) {
    const from = places[place] ?? start;
    const to = places[place + 1] ?? end;
    active = active.filter((mark) => mark.end > from);
    for (let mark = inside[next]; mark && Math.max(mark.start, start) <= from; mark = inside[next]) {
      if (mark.end > from) active.push(mark);
      next += 1;
    }
    segments.push(segmentOf(from, to, active, lanes));
  }
  return segments;
}

function segmentOf<M extends Mark>(start: number, end: number, active: readonly M[], lanes: Map<M, number>): Segment<M> {
  const rows: (M | null)[] = [];
  let hidden = 0;
  for (const mark of active) {
    const lane = lanes.get(mark);
    if (lane === undefined) {
      hidden += 1;
      continue;
    }
    while (rows.length <= lane) rows.push(null);
    rows[lane] = mark;
  }
  return { start, end, lanes: rows, marks: [...active], hidden };
}

/** Which mark comes after `current` among those at one place; the first where `current` is not there. */
export function cycle(ids: readonly string[], current: string | null): string | null {
  if (ids.length === 0) return null;
  const place = current === null ? -1 : ids.indexOf(current);
  return ids[(place + 1) % ids.length] ?? null;
}
