import { describe, expect, it } from "vitest";
import { sentenceParts, sentenceText, signOf, signWords, verbOf } from "./sentence";
import type { Position } from "./types";

const NAMES: Record<string, string> = { orm: "Orm Conference", kar: "Karvena", mel: "Meldora", pap: "The Courier" };
const names = { name: (id: string) => NAMES[id] ?? id, cue: "condemns" };

const position = (changes: Partial<Position>): Position => ({
  id: "p1", holders: ["orm"], holder_form: "named", via: [], targets: ["kar"], polarity: -1, concept: null, agreement: null,
  act: "criticise", status: "actual", voice: "own", evidence: [[0, 10]], cue: [2, 4], strength: "plain", certainty: "sure", date: null,
  score: 0.7, ...changes,
});

describe("sentenceText", () => {
  it("reads back as one sentence", () => {
    expect(sentenceText(position({ concept: "the blockade", via: ["pap"] }), names)).toBe(
      "Orm Conference criticises (“condemns”) Karvena over the blockade, reported by The Courier.",
    );
  });

  it("joins holders and targets and agrees in number", () => {
    expect(sentenceText(position({ holders: ["orm", "mel", "pap"], targets: ["kar", "mel"] }), { ...names, cue: "" })).toBe(
      "Orm Conference, Meldora and The Courier criticise Karvena and Meldora.",
    );
  });

  it("shows status, and deeds by their sign", () => {
    expect(verbOf("warn", "future", false)).toBe("will warn");
    expect(verbOf("refuse", "negated", true)).toBe("do not refuse");
    expect(verbOf("meet", "historical", false)).toBe("met");
    expect(sentenceText(position({ act: "deed", polarity: 1 }), { ...names, cue: "" })).toBe("Orm Conference acts for Karvena.");
    expect(sentenceText(position({ act: "deed" }), { ...names, cue: "" })).toBe("Orm Conference acts against Karvena.");
  });

  it("reads a position towards a concept alone", () => {
    const text = sentenceText(position({ act: "call", targets: [], polarity: null, concept: "an armistice", agreement: 1 }), { ...names, cue: "" });
    expect(text).toBe("Orm Conference calls for an armistice.");
  });

  it("keeps roles and actors on the chips", () => {
    const chips = sentenceParts(position({ via: ["pap"] }), names).filter((part) => part.role);
    expect(chips.map((part) => part.role)).toEqual(["holder", "act", "cue", "target", "via"]);
    expect(chips[3]?.actor).toBe("kar");
  });
});

describe("signs", () => {
  it("takes the sign towards targets, else the agreement with the concept", () => {
    expect(signOf(position({}))).toBe(-1);
    expect(signOf(position({ targets: [], polarity: null, agreement: 1 }))).toBe(1);
    expect(signWords(-1)).toEqual({ mark: "−", word: "opposition", kind: "opposition" });
    expect(signWords(null).kind).toBe("neither");
  });
});
