// Events as the history shows them: which fields changed, and what could be restored.

export interface Change {
  field: string;
  before: string;
  after: string;
}

type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table => typeof value === "object" && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(", ") || "nothing";
  return JSON.stringify(value);
}

/** Fields that differ between two states; those that only one side has are left out unless the other is empty. */
export function changedFields(before: Table, after: Table, most = 8): Change[] {
  const left = flat(before);
  const right = flat(after);
  const changes: Change[] = [];
  for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const change = { field: field.replaceAll("_", " "), before: shown(left[field]), after: shown(right[field]) };
    if (change.before !== change.after && changes.length < most) changes.push(change);
  }
  return changes;
}

/** A position's own fields are compared one by one, not as one long text. */
function flat(table: Table): Table {
  const result: Table = {};
  for (const [name, value] of Object.entries(table)) {
    if (name === "position" && isTable(value)) Object.assign(result, value);
    else result[name] = value;
  }
  delete result["id"];
  delete result["score"];
  return result;
}
