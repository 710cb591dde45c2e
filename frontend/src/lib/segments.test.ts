import { describe, expect, it } from "vitest";
import { assignLanes, cutSegments, cycle, type Mark } from "./segments";

const mark = (id: string, start: number, end: number): Mark => ({ id, start, end });

function random(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648);
}

describe("cutSegments", () => {
  it("leaves text without marks whole", () => {
    expect(cutSegments(5, 9, [])).toEqual([{ start: 5, end: 9, lanes: [], marks: [], hidden: 0 }]);
    expect(cutSegments(5, 5, [mark("a", 0, 9)])).toEqual([]);
  });

  it("cuts at every boundary", () => {
    const segments = cutSegments(0, 20, [mark("a", 2, 10), mark("b", 5, 15)]);
    expect(segments.map((each) => [each.start, each.end, each.marks.map((m) => m.id).join("")])).toEqual([
      [0, 2, ""], [2, 5, "a"], [5, 10, "ab"], [10, 15, "b"], [15, 20, ""],
    ]);
    expect(segments[3]?.lanes.map((m) => m?.id ?? null)).toEqual([null, "b"]);
  });

  it("clips marks that reach beyond the range and skips those that only touch it", () => {
    const segments = cutSegments(10, 20, [mark("a", 0, 12), mark("b", 18, 40), mark("c", 20, 30), mark("d", 4, 10)]);
    expect(segments.map((each) => each.marks.map((m) => m.id).join(""))).toEqual(["a", "", "b"]);
  });

  it("adds asked-for cuts", () => {
    expect(cutSegments(0, 9, [mark("a", 0, 9)], 6, [4, 0, 9, 99]).map((each) => each.start)).toEqual([0, 4]);
  });

  it("stays legible with 300 overlapping spans: few lanes, the rest counted, every span reachable", () => {
    const next = random(7);
    const marks = Array.from({ length: 300 }, (_, place) => {
      const start = Math.floor(next() * 200);
      return mark(`p${place}`, start, 200 + Math.floor(next() * 200));
    });
    const segments = cutSegments(0, 500, marks, 6);
    const deepest = segments.reduce((most, each) => Math.max(most, each.marks.length), 0);
    expect(deepest).toBe(300);
    expect(Math.max(...segments.map((each) => each.lanes.length))).toBeLessThanOrEqual(6);
    expect(new Set(segments.flatMap((each) => each.marks.map((m) => m.id))).size).toBe(300);
    for (const each of segments) {
      expect(each.hidden + each.lanes.filter((m) => m !== null).length).toBe(each.marks.length);
    }
    expect(segments.reduce((sum, each) => sum + each.end - each.start, 0)).toBe(500);
  });

  it("covers the range without gap for any marks, and names exactly the marks over each piece", () => {
    const next = random(11);
    for (let round = 0; round < 200; round += 1) {
      const marks = Array.from({ length: Math.floor(next() * 12) }, (_, place) => {
        const start = Math.floor(next() * 40);
        return mark(`p${place}`, start, start + Math.floor(next() * 12));
      });
      const segments = cutSegments(5, 45, marks, 3);
      let place = 5;
      for (const segment of segments) {
        expect(segment.start).toBe(place);
        place = segment.end;
        const over = marks.filter((m) => m.start <= segment.start && m.end >= segment.end && m.end > m.start).map((m) => m.id);
        expect(segment.marks.map((m) => m.id).sort()).toEqual(over.sort());
      }
      expect(place).toBe(45);
    }
  });
});

describe("assignLanes", () => {
  it("never puts overlapping marks into one lane and uses no more lanes than overlap", () => {
    const next = random(3);
    const marks = Array.from({ length: 80 }, (_, place) => {
      const start = Math.floor(next() * 100);
      return mark(`p${place}`, start, start + 1 + Math.floor(next() * 10));
    });
    const lanes = assignLanes(marks, 99);
    let deepest = 0;
    for (let at = 0; at < 120; at += 1) deepest = Math.max(deepest, marks.filter((m) => m.start <= at && m.end > at).length);
    expect(Math.max(...lanes.values()) + 1).toBe(deepest);
    for (const a of marks) {
      for (const b of marks) {
        if (a !== b && lanes.get(a) === lanes.get(b)) expect(a.end <= b.start || b.end <= a.start).toBe(true);
      }
    }
  });
});

describe("cycle", () => {
  it("goes round", () => {
    expect(cycle(["a", "b"], null)).toBe("a");
    expect(cycle(["a", "b"], "a")).toBe("b");
    expect(cycle(["a", "b"], "b")).toBe("a");
    expect(cycle(["a", "b"], "z")).toBe("a");
    expect(cycle([], "a")).toBeNull();
  });
});
