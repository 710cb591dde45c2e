import { describe, expect, it } from "vitest";
import { chunkAt, cutChunks } from "./chunks";
import { Offsets } from "./offsets";
import { growEnd, growStart, sentenceAt, sentenceStep, shrinkEnd, shrinkStart, wordAfter, wordAt, wordBefore, type Span } from "./words";

const cut = (text: string, span: Span | null) => (span ? text.slice(span.start, span.end) : null);

describe("Offsets", () => {
  it("is the identity on the basic plane", () => {
    const offsets = new Offsets("Orm valley");
    expect(offsets.toUnits(7)).toBe(7);
    expect(offsets.toPoints(7)).toBe(7);
  });

  it("counts wide characters once", () => {
    const text = "a𝔸b😀c";
    const offsets = new Offsets(text);
    const points = [...text];
    let unit = 0;
    points.forEach((character, point) => {
      expect(offsets.toUnits(point)).toBe(unit);
      expect(offsets.toPoints(unit)).toBe(point);
      unit += character.length;
    });
    expect(offsets.toUnits(points.length)).toBe(text.length);
    expect(offsets.toPoints(text.length)).toBe(points.length);
  });
});

describe("cutChunks", () => {
  it("covers every text without gap", () => {
    const texts = ["", "one", "one\n\ntwo\n \n\nthree", "\n\n  start", "x".repeat(20000), `${"word ".repeat(3000)}\n\nend`, "😀".repeat(9000)];
    for (const text of texts) {
      let place = 0;
      for (const chunk of cutChunks(text)) {
        expect(chunk.start).toBe(place);
        expect(chunk.end).toBeGreaterThan(chunk.start);
        expect(chunk.end - chunk.start).toBeLessThan(4000);
        expect(text.slice(chunk.start, chunk.end)).not.toMatch(/^[\udc00-\udfff]/);
        place = chunk.end;
      }
      expect(place).toBe(text.length);
    }
  });

  it("cuts at blank lines and finds a block by offset", () => {
    const chunks = cutChunks("one\n\ntwo\n\nthree");
    expect(chunks.map((each) => each.start)).toEqual([0, 5, 10]);
    expect([0, 4, 5, 9, 10, 99].map((offset) => chunkAt(chunks, offset))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe("words", () => {
  const text = "The League’s council condemns Karvena. It urges peace!\n\nNext part";

  it("walks over words in both directions", () => {
    expect(cut(text, wordAfter(text, 0))).toBe("The");
    expect(cut(text, wordAfter(text, 3))).toBe("League’s");
    expect(cut(text, wordAfter(text, 6))).toBe("council");
    expect(cut(text, wordBefore(text, text.indexOf("condemns")))).toBe("council");
    expect(cut(text, wordBefore(text, 6))).toBe("The");
    expect(wordBefore(text, 0)).toBeNull();
    expect(wordAfter(text, text.length)).toBeNull();
    expect(cut(text, wordAt(text, 6))).toBe("League’s");
  });

  it("grows and shrinks a span by words, never to nothing", () => {
    const start = text.indexOf("council");
    const span = { start, end: start + 7 };
    expect(cut(text, growEnd(text, span))).toBe("council condemns");
    expect(cut(text, growStart(text, span))).toBe("League’s council");
    expect(shrinkEnd(text, span)).toEqual(span);
    expect(shrinkStart(text, span)).toEqual(span);
    expect(cut(text, shrinkEnd(text, growEnd(text, span)))).toBe("council");
    expect(cut(text, shrinkStart(text, growStart(text, span)))).toBe("council");
  });

  it("finds sentences and steps between them", () => {
    expect(cut(text, sentenceAt(text, 20))).toBe("The League’s council condemns Karvena.");
    const second = sentenceStep(text, 20, 1);
    expect(cut(text, second)).toBe("It urges peace!");
    expect(cut(text, sentenceStep(text, second?.start ?? 0, 1))).toBe("Next part");
    expect(cut(text, sentenceStep(text, second?.start ?? 0, -1))).toBe("The League’s council condemns Karvena.");
    expect(sentenceStep(text, text.length - 1, 1)).toBeNull();
  });
});
