import { describe, expect, it } from "vitest";
import { cellTable } from "../lib/matrix";
import { describeResult, firstLine } from "../lib/measures";
import { hullOf, labelled, neighbourIn, placesOf, strengths, tiePath, widthOf, type Point } from "./geometry";
import { halvings, windowsOf } from "./windows";

const point = (x: number, y: number): Point => ({ x, y });

describe("hullOf", () => {
  it("keeps the corners and drops what lies inside", () => {
    const hull = hullOf([point(0, 0), point(4, 0), point(4, 4), point(0, 4), point(2, 2), point(2, 0)]);
    expect(hull).toHaveLength(4);
    expect(hull).not.toContainEqual(point(2, 2));
    expect(hullOf([point(1, 1)])).toEqual([point(1, 1)]);
    expect(hullOf([])).toEqual([]);
  });
});

describe("ties", () => {
  it("bend apart in the two directions and end before the circles", () => {
    const there = tiePath(point(0, 0), point(100, 0), 5, 5);
    const back = tiePath(point(100, 0), point(0, 0), 5, 5);
    expect(there).not.toBe(back);
    expect(there.split("Q")[1]?.startsWith("50 12")).toBe(true);
    expect(back.split("Q")[1]?.startsWith("50 -12")).toBe(true);
    expect(tiePath(point(1, 1), point(1, 1), 5, 5)).toBe("");
  });

  it("grow wider with evidence", () => {
    expect(widthOf(9, 9)).toBeGreaterThan(widthOf(1, 9));
    expect(strengths([{ source: "a", target: "b", support: 2, opposition: 1, positions: 3 }]).get("b")).toBe(3);
  });
});

describe("places", () => {
  it("lie on the page", () => {
    const actor = { id: "a", name: "A", kind: "state" as const, x: 1.4, y: 1, support_in: 0, opposition_in: 0 };
    expect(placesOf([actor], 1.4).get("a")).toEqual({ x: 640 * 1.4 - 60, y: 580 });
  });

  it("find the neighbour in a direction, or nobody", () => {
    const places = new Map([["a", point(0, 0)], ["b", point(10, 1)], ["c", point(30, 0)], ["d", point(0, 20)]]);
    expect(neighbourIn("right", point(0, 0), places, "a")).toBe("b");
    expect(neighbourIn("down", point(0, 0), places, "a")).toBe("d");
    expect(neighbourIn("left", point(0, 0), places, "a")).toBeNull();
  });

  it("leave out labels that would cover others, except those always wanted", () => {
    const order = ["aaaa", "bbbb", "cccc"].map((name) => ({ id: name, name, radius: 5 }));
    const places = new Map([["aaaa", point(0, 0)], ["bbbb", point(5, 0)], ["cccc", point(300, 0)]]);
    expect([...labelled(order, places, 1, new Set())].sort()).toEqual(["aaaa", "cccc"]);
    expect(labelled(order, places, 1, new Set(["bbbb"])).has("bbbb")).toBe(true);
    expect(labelled(order, places, 20, new Set()).size).toBe(3);
  });
});

describe("windows", () => {
  it("cover the years without gap", () => {
    expect(windowsOf("1961-03-01", "1967", 1)).toHaveLength(7);
    expect(windowsOf("1961", "1967", 5)).toEqual([{ since: "1960", until: "1964", label: "1960–1964" }, { since: "1965", until: "1969", label: "1965–1969" }]);
    expect(windowsOf("1961", "1961", 1)).toEqual([{ since: "1961", until: "1961", label: "1961" }]);
    expect(windowsOf(null, null, 1)).toEqual([]);
  });

  it("offer lengths that give a useful number of steps", () => {
    expect(halvings("1961", "1967")).toEqual([1, 2, 5]);
    expect(halvings("1700", "2000")).toEqual([10, 20, 25, 50, 100]);
    expect(halvings(null, null)).toEqual([]);
  });
});

describe("matrix and measures", () => {
  it("places cells and says their sign in words and marks", () => {
    const table = cellTable({ actors: [{ id: "a", name: "A" }, { id: "b", name: "B" }], cells: [
      { row: 0, column: 1, support: 2, opposition: 0 }, { row: 1, column: 0, support: 1, opposition: 3 }, { row: 1, column: 1, support: 0, opposition: 0 },
    ] });
    expect(table[0]?.[1]).toMatchObject({ kind: "support", text: "+2", share: 0.5 });
    expect(table[1]?.[0]).toMatchObject({ kind: "both", text: "+1 −3", share: 1 });
    expect(table[1]?.[1]).toBeNull();
  });

  it("shows any result: figures, ties, tables", () => {
    const shown = describeResult({ index: 2, share: 0.123456, is_exact: true, ties: [{ source: "a", target: "b" }], by_actor: { a: 1 }, empty: [], none: null }, (id) => id.toUpperCase());
    expect(shown.facts).toEqual([{ name: "index", value: "2" }, { name: "share", value: "0.123" }, { name: "is_exact", value: "yes" }]);
    expect(shown.ties).toEqual([{ name: "ties", ties: [{ source: "a", target: "b" }] }]);
    expect(shown.tables[0]?.rows).toEqual([["A", "1"]]);
  });
});

describe("measures of actors", () => {
  it("become one table, the highest first", () => {
    const result = { name: "degrees", nodes: ["a", "b"], columns: { positive: [1, 3], net: [0.5, -2] }, settings: { directed: false } };
    const shown = describeResult(result, (id) => id.toUpperCase());
    expect(shown).toEqual({ facts: [], ties: [], tables: [{ name: "by actor", columns: ["actor", "positive", "net"], rows: [["B", "3", "-2"], ["A", "1", "0.500"]] }] });
    expect(firstLine("Frustration index 22 (proved)\nsource target")).toBe("Frustration index 22 (proved)");
    expect(firstLine("Reciprocity\nn 3")).toBe("");
  });
});
