import { describe, expect, it } from "vitest";
import { changedFields } from "./history";
import { groupHits, pieces } from "./search";

describe("search hits", () => {
  const hit = (document_id: string, start: number) => ({ document_id, title: document_id, start, end: start + 4, snippet: "" });

  it("are grouped by document in the order of the answer", () => {
    const groups = groupHits([hit("b", 1), hit("a", 1), hit("b", 9)]);
    expect(groups.map((group) => [group.id, group.hits.length])).toEqual([["b", 2], ["a", 1]]);
  });

  it("mark the searched words and keep every letter, whatever was typed", () => {
    const snippet = "…the League condemns <b>Karvena</b> (again)…";
    for (const query of ["league condemn", "", "(", "\\", "a.*b", "NOT league"]) {
      expect(pieces(snippet, query).map((piece) => piece.text).join("")).toBe(snippet);
    }
    expect(pieces(snippet, "league condemn").filter((piece) => piece.isHit).map((piece) => piece.text)).toEqual(["League", "condemns"]);
  });
});

describe("history", () => {
  it("shows fields that differ, those of the position one by one", () => {
    const before = { state: "suggested", position: { id: "p", act: "warn", holders: ["a"], score: 0.4 } };
    const after = { state: "edited", position: { id: "q", act: "call", holders: ["a", "b"], score: 1 } };
    expect(changedFields(before, after)).toEqual([
      { field: "state", before: "suggested", after: "edited" },
      { field: "act", before: "warn", after: "call" },
      { field: "holders", before: "a", after: "a, b" },
    ]);
  });
});
