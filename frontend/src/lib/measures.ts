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
  const { nodes, columns } = result;
  if (Array.isArray(nodes) && isTable(columns)) addNodes(shown, nodes, columns, nameOf);
  for (const [name, value] of Object.entries(result)) {
    if (["name", "settings", "seed", "seconds", "nodes", "columns"].includes(name)) continue;
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

/** One row a node, the highest of the first column first. */
function addNodes(shown: Shown, nodes: Json[], columns: Table, nameOf: (id: string) => string): void {
  const names = Object.keys(columns);
  const value = (name: string, place: number): Json => (Array.isArray(columns[name]) ? columns[name][place] : null);
  const order = nodes.map((_, place) => place).sort((a, b) => Number(value(names[0] ?? "", b)) - Number(value(names[0] ?? "", a)));
  const rows = order.map((place) => [cell(nodes[place], nameOf), ...names.map((name) => cell(value(name, place), nameOf))]);
  shown.tables.push({ name: "by actor", columns: ["actor", ...names], rows });
}

/** The first line of a result's own words, where it says more than the measure's name. */
export function firstLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return /\d/.test(line) ? line : "";
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
