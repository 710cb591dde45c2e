// Windows of time for the slider: whole years, so that the filter can name them.

export interface Window {
  since: string;
  until: string;
  label: string;
}

const LENGTHS = [1, 2, 5, 10, 20, 25, 50, 100];
const MOST = 40;

const yearOf = (date: string | null): number | null => {
  const year = Number((date ?? "").slice(0, 4));
  return date && Number.isInteger(year) ? year : null;
};

const four = (year: number): string => String(year).padStart(4, "0");

/** Windows of so many years that cover first to last day; they begin at multiples of their length. */
export function windowsOf(first: string | null, last: string | null, years: number): Window[] {
  const [from, to] = [yearOf(first), yearOf(last)];
  if (from === null || to === null || years < 1) return [];
  const windows: Window[] = [];
  for (let start = Math.floor(from / years) * years; start <= to; start += years) {
    const [since, until] = [four(start), four(start + years - 1)];
    windows.push({ since, until, label: since === until ? since : `${since}–${until}` });
  }
  return windows;
}

/** Lengths that give at least two and at most 40 windows. */
export function halvings(first: string | null, last: string | null): number[] {
  return LENGTHS.filter((years) => {
    const { length } = windowsOf(first, last, years);
    return length >= 2 && length <= MOST;
  });
}
