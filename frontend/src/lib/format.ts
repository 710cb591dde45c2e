// Numbers, dates and shares as the pages print them.

const WHOLE = new Intl.NumberFormat("en-GB");

export const count = (value: number): string => WHOLE.format(value);

/** "1 position", "2 positions". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share as a whole percentage that never says 0 or 100 of something that is not. */
export function share(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const exact = (100 * part) / whole;
  const rounded = Math.round(exact);
  if (rounded === 0 && part > 0) return "<1 %";
  if (rounded === 100 && part < whole) return ">99 %";
  return `${rounded} %`;
}

export function decimal(value: number, digits = 2): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: digits, minimumFractionDigits: digits }).replace("-", "−");
}

/** A moment as local date and time. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** Who made a record: "coder:ana" is Ana, "reader:rules" is the reader rules. */
export function agentName(agent: string): string {
  const [kind, ...rest] = agent.split(":");
  const name = rest.join(":");
  if (kind === "coder") return name || "a coder";
  return kind === "reader" ? `reader ${name}` : agent;
}

/** Words of a codebook value: "armed_force" is "armed force". */
export const words = (value: string): string => value.replaceAll("_", " ");
