import { describe, expect, it } from "vitest";
import { cutChunks } from "../lib/chunks";
import { Offsets } from "../lib/offsets";
import { cutSegments } from "../lib/segments";
import type { PositionRow } from "../lib/types";
import { lanesOf, marksByChunk, marksOf, rolesOf, underlines } from "./marks";

const text = "We condemn Karvena.\n\nWe welcome the offer of Meldora.";
const offsets = new Offsets(text);
const chunks = cutChunks(text);

function row(id: string, start: number, end: number, polarity: 1 | -1, state: PositionRow["state"] = "suggested"): PositionRow {
  return {
    position: {
      id, holders: ["we"], holder_form: "pronoun", via: [], targets: ["kar"], polarity, concept: null, agreement: null, act: "criticise",
      status: "actual", voice: "own", evidence: [[start, end]], cue: [start + 3, start + 10], strength: "plain", certainty: "sure", date: null, score: 0.5,
    },
    document_id: "d", title: "", document_date: null, state, standing: true, revision: 0, replaces: null, replaced_by: null, origin: null,
    words: [], cue_words: "", before: "", after: "", holder_names: [], target_names: [], via_names: [],
  };
}

describe("marks", () => {
  it("leave out rejected positions and show which were checked", () => {
    const marks = marksOf([row("a", 0, 19, -1), row("b", 21, 30, 1, "accepted"), row("c", 0, 5, 1, "rejected")], offsets);
    expect(marks.map((mark) => [mark.id, mark.kind, mark.isChecked])).toEqual([["a", "opposition", false], ["b", "support", true]]);
  });

  it("keep the lists of blocks that a decision does not touch", () => {
    const rows = [row("a", 0, 19, -1), row("b", 21, 30, 1)];
    const before = marksByChunk(marksOf(rows, offsets), chunks);
    const decided = [row("a", 0, 19, -1, "accepted"), ...rows.slice(1)];
    const after = marksByChunk(marksOf(decided, offsets), chunks, before);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after.map((each) => lanesOf(each))).toEqual([1, 1]);
  });

  it("reach over several blocks", () => {
    const table = marksByChunk(marksOf([row("a", 5, 40, 1)], offsets), chunks);
    expect(table.map((each) => each.length)).toEqual([1, 1]);
  });
});

describe("underlines", () => {
  it("differ by more than colour: support solid, opposition dashed, thicker once checked", () => {
    const marks = marksOf([row("a", 0, 19, -1), row("b", 0, 19, 1, "accepted")], offsets);
    const [segment] = cutSegments(0, 19, marks);
    const lines = segment && underlines(segment, 2);
    expect(lines?.image).toContain("repeating-linear-gradient(90deg,var(--opposition)");
    expect(lines?.image).toContain("linear-gradient(var(--support),var(--support))");
    expect(lines?.size.split(",")).toEqual(["100% 1.5px", "100% 3px"]);
    const [bare] = cutSegments(0, 19, []);
    expect(bare && underlines(bare, 0)).toBeNull();
  });
});

describe("roles", () => {
  it("mark the cue and the mentions of the position's own sentences only", () => {
    const mentions = [
      { start: 0, end: 2, actor: "we", form: "pronoun" as const }, { start: 11, end: 18, actor: "kar", form: "named" as const },
      { start: 21, end: 23, actor: "we", form: "pronoun" as const },
    ];
    expect(rolesOf(row("a", 0, 19, -1), mentions, text, offsets)).toEqual([
      { start: 3, end: 10, role: "cue" }, { start: 0, end: 2, role: "holder" }, { start: 11, end: 18, role: "target" },
    ]);
  });
});
