// A measure's result, whatever its fields: single figures, lists of ties, and tables.

type Json = unknown;
type Table = Record<string, Json>;

export interface Shown {
  facts: { name: string; value: string }[];
  ties: { name: string; ties: { source: string; target: string }[] }[];
  tables: { name: string; columns: string[]; rows: string[][] }[];
}

const isTable = (value: Json): value is Table => typeof value === "object" && value !== null && !Array.isArray(value);

export function describeResult(result: Table, nameOf: (id: string) => string): Shown {
  const shown: Shown = { facts: [], ties: [], tables: [] };
  for (const [name, value] of Object.entries(result)) {
    if (Array.isArray(value)) addList(shown, name, value, nameOf);
    else if (isTable(value)) addTable(shown, name, value, nameOf);
    else if (value !== null && value !== "") shown.facts.push({ name, value: cell(value, nameOf) });
  }
  return shown;
}

function addList(shown: Shown, name: string, list: Json[], nameOf: (id: string) => string): void {
  if (list.length === 0) return;
  const ties = list.map(tieIn);
  if (ties.every((tie) => tie !== null)) shown.ties.push({ name, ties });
  else if (list.every(isTable)) {
    const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
    shown.tables.push({ name, columns, rows: list.map((row) => columns.map((column) => cell(row[column], nameOf))) });
  } else if (list.some(Array.isArray)) shown.tables.push({ name, columns: [], rows: list.map((row) => [cell(row, nameOf)]) });
  else shown.facts.push({ name, value: list.map((each) => cell(each, nameOf)).join(", ") });
}

function addTable(shown: Shown, name: string, table: Table, nameOf: (id: string) => string): void {
  const rows = Object.entries(table);
  if (rows.length > 0) shown.tables.push({ name, columns: [], rows: rows.map(([key, value]) => [nameOf(key), cell(value, nameOf)]) });
}

/** A tie, as an object with both ends or as a pair under a name that says so. */
function tieIn(value: Json): { source: string; target: string } | null {
  if (!isTable(value)) return null;
  const { source, target } = value;
  return typeof source === "string" && typeof target === "string" ? { source, target } : null;
}

function cell(value: Json, nameOf: (id: string) => string): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3).replace("-", "−");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return nameOf(value);
  if (Array.isArray(value)) return value.map((each) => cell(each, nameOf)).join(", ");
  return Object.entries(value as Table).map(([key, each]) => `${nameOf(key)} ${cell(each, nameOf)}`).join(", ");
}
