// Editing the text of a query: what facets and menus do, they do to the text.
const PLAIN = /^(?!(?:AND|OR|NOT)$)[\w-]+(?:[.:/][\w-]+)*$/;

export function term(field: string, value: string): string {
  return PLAIN.test(value) ? `${field}:${value}` : `${field}:"${value.replace(/["\\]/g, "\\$&")}"`;
}

function words(query: string): string[] {
  return query.match(/-?(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}

export function has(query: string, part: string): boolean {
  return words(query).includes(part);
}

/** Adds a part, takes it away if it stands there already, or takes its opposite's place. */
export function toggle(query: string, part: string): string {
  const opposite = part.startsWith("-") ? part.slice(1) : "-" + part;
  const all = words(query);
  const others = all.filter(word => word !== part && word !== opposite);
  return (all.includes(part) ? others : [...others, part]).join(" ");
}
