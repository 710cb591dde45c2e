// Shapes of the network drawing: curved ties, hulls around blocs, widths and radii, and which actor lies in a direction.

import type { NetworkActor, NetworkEdge } from "../lib/types";

export interface Point {
  x: number;
  y: number;
}

export const HEIGHT = 640;
export const MARGIN = 60;

/** Places on a page of HEIGHT units, from the server's x in [0, aspect] and y in [0, 1]. */
export function placesOf(actors: readonly NetworkActor[], aspect: number): Map<string, Point> {
  const places = new Map<string, Point>();
  const width = HEIGHT * aspect;
  for (const actor of actors) {
    places.set(actor.id, {
      x: MARGIN + (actor.x / aspect) * (width - 2 * MARGIN),
      y: MARGIN + actor.y * (HEIGHT - 2 * MARGIN),
    });
  }
  return places;
}

/** A tie as a curve that bends to its right, so that two directions do not lie on each other; ends before the circles. */
export function tiePath(from: Point, to: Point, fromRadius: number, toRadius: number, bend = 0.12): string {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length < 1e-6) return "";
  const middle = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  const start = towards(from, middle, fromRadius + 1);
  const end = towards(to, middle, toRadius + 3);
  return `M${round(start.x)} ${round(start.y)}Q${round(middle.x)} ${round(middle.y)} ${round(end.x)} ${round(end.y)}`;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(distance / length, 0.45);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The convex hull of points, counter-clockwise (Andrew's monotone chain); fewer than three points give themselves. */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** A closed path through a bloc's hull; drawn with a thick round stroke, it surrounds its actors. */
export function hullPath(points: readonly Point[]): string {
  const hull = hullOf(points);
  return hull.length ? `M${hull.map((point) => `${round(point.x)} ${round(point.y)}`).join("L")}Z` : "";
}

/** Radius of an actor by its share of the strongest actor's evidence. */
export const radiusOf = (share: number): number => 4.5 + 9 * Math.sqrt(Math.max(share, 0));

/** Width of a tie by its evidence. */
export const widthOf = (evidence: number, most: number): number => 1 + 4.5 * Math.sqrt(evidence / Math.max(most, 1));

/** All evidence at each actor, in and out. */
export function strengths(edges: readonly NetworkEdge[]): Map<string, number> {
  const table = new Map<string, number>();
  for (const edge of edges) {
    for (const end of [edge.source, edge.target]) table.set(end, (table.get(end) ?? 0) + edge.support + edge.opposition);
  }
  return table;
}

export type Direction = "left" | "right" | "up" | "down";

/** The nearest actor in a direction, sideways distance counting double; null where there is none. */
export function neighbourIn(direction: Direction, from: Point, places: Iterable<[string, Point]>, self: string): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const [id, place] of places) {
    if (id === self) continue;
    const dx = place.x - from.x;
    const dy = place.y - from.y;
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const aside = direction === "left" || direction === "right" ? Math.abs(dy) : Math.abs(dx);
    if (ahead <= 0.5 || aside > 3 * ahead) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) {
      least = distance;
      best = id;
    }
  }
  return best;
}

/** Which actors are named: the strongest first, those whose label would cover another's left out. */
export function labelled(
  order: readonly { id: string; name: string; radius: number }[],
  places: ReadonlyMap<string, Point>,
  scale: number,
  always: ReadonlySet<string>,
): Set<string> {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const result = new Set<string>();
  for (const actor of [...order.filter((each) => always.has(each.id)), ...order.filter((each) => !always.has(each.id))]) {
    const place = places.get(actor.id);
    if (!place) continue;
    const half = (shortName(actor.name).length * 6.2) / 2 + 3;
    const x = place.x * scale;
    const y = place.y * scale + actor.radius + 9;
    const box = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
    const isFree = taken.every((each) => each.left > box.right || each.right < box.left || each.top > box.bottom || each.bottom < box.top);
    if (!isFree && !always.has(actor.id)) continue;
    taken.push(box);
    result.add(actor.id);
  }
  return result;
}

export const shortName = (name: string): string => (name.length > 30 ? `${name.slice(0, 29)}…` : name);
