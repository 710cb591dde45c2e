// The server counts Unicode code points, the browser UTF-16 units; texts beyond the basic plane make them differ.

export class Offsets {
  /** Code-point offsets of the characters that take two UTF-16 units, ascending. */
  readonly #wide: number[] = [];

  constructor(text: string) {
    if (!/[\ud800-\udbff]/.test(text)) return;
    let point = 0;
    for (const character of text) {
      if (character.length === 2) this.#wide.push(point);
      point += 1;
    }
  }

  /** UTF-16 offset of a code-point offset. */
  toUnits(point: number): number {
    return point + countBelow(this.#wide, (each) => each, point);
  }

  /** Code-point offset of a UTF-16 offset; one within a pair counts as its start. */
  toPoints(unit: number): number {
    return unit - countBelow(this.#wide, (each, place) => each + place + 1, unit);
  }
}

function countBelow(wide: number[], at: (each: number, place: number) => number, limit: number): number {
  let low = 0;
  let high = wide.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(wide[middle] ?? 0, middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
