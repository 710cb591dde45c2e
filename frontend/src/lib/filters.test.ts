import { describe, expect, it } from "vitest";
import { fit, mentionedIn, rank } from "./complete";
import { conditionText, countConditions, filterOf, filterRecord, toggled, withValues } from "./filters";
import { agentName, decimal, plural, share } from "./format";
import type { ActorBrief } from "./types";

describe("filters", () => {
  it("keeps only the filter's fields, once each, in a fixed order", () => {
    const filter = filterOf(new URLSearchParams("q=x&acts=warn&since=1961&acts=warn&acts=call&until=&position=p1"));
    expect(filter.toString()).toBe("acts=warn&acts=call&since=1961");
    expect(countConditions(filter)).toBe(3);
    expect(filterRecord(filter)).toEqual({ acts: ["warn", "call"], since: ["1961"] });
  });

  it("turns values on and off without altering what it was given", () => {
    const filter = filterOf(new URLSearchParams("acts=warn"));
    expect(toggled(filter, "acts", "call").getAll("acts")).toEqual(["warn", "call"]);
    expect(toggled(filter, "acts", "warn").getAll("acts")).toEqual([]);
    expect(filter.toString()).toBe("acts=warn");
    expect(withValues(filter, "since", ["1962"]).get("since")).toBe("1962");
    expect(withValues(filter, "acts", []).toString()).toBe("");
  });

  it("says conditions in words", () => {
    expect(conditionText("polarities", "-1", (id) => id)).toBe("opposition");
    expect(conditionText("holders", "k", () => "Karvena")).toBe("holder: Karvena");
    expect(conditionText("since", "1961", (id) => id)).toBe("from 1961");
  });
});

describe("completion", () => {
  const actor = (id: string, name: string, aliases: string[] = []): ActorBrief => ({ id, name, kind: "state", generic: false, aliases });
  const actors = [actor("k", "Republic of Karvena", ["Karvena"]), actor("m", "Kingdom of Meldora"), actor("l", "League of the Orm", ["the League"])];

  it("fits names, words, aliases, initials and accents", () => {
    expect(fit("karv", "Republic of Karvena")).toBe(2);
    expect(fit("rok", "Republic of Karvena")).toBe(-1);
    expect(fit("rk", "Republic of Karvena")).toBe(3);
    expect(fit("ele", "Élection")).toBe(1);
    expect(fit("zzz", "Republic of Karvena")).toBe(-1);
  });

  it("puts what the sentence mentions first", () => {
    expect(rank("", actors, ["m"])[0]?.id).toBe("m");
    expect(rank("", actors, ["m"])[0]?.note).toBe("in this sentence");
    expect(rank("karvena", actors, ["m"]).map((each) => each.id)).toEqual(["k"]);
  });

  it("lists a sentence's actors once, in reading order", () => {
    const mention = (start: number, id: string) => ({ start, end: start + 3, actor: id, form: "named" as const });
    expect(mentionedIn([mention(40, "l"), mention(12, "m"), mention(2, "k"), mention(20, "m")], 0, 30)).toEqual(["k", "m"]);
  });
});

describe("figures in words", () => {
  it("never rounds something to nothing or nothing to all", () => {
    expect(share(1, 1000)).toBe("<1 %");
    expect(share(999, 1000)).toBe(">99 %");
    expect(share(0, 10)).toBe("0 %");
    expect(share(1, 0)).toBe("–");
    expect(plural(1, "position")).toBe("1 position");
    expect(plural(1200, "position")).toBe("1,200 positions");
    expect(decimal(-0.5)).toBe("−0.50");
    expect(agentName("coder:ana")).toBe("ana");
    expect(agentName("reader:rules")).toBe("reader rules");
  });
});
