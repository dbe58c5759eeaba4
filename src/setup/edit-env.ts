/**
 * The text of a `.env` file with these settings: a line of theirs is replaced, all others stay, and
 * what has no line is appended. A setting in several lines keeps one.
 */
export function withSettings(text: string, settings: ReadonlyMap<string, string>): string {
  const left = new Map(settings);
  const lines = text.split('\n').flatMap((line) => {
    const [, name = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line) ?? [];
    if (!settings.has(name)) return [line];
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? [] : [settingLine(name, value)];
  });
  while (lines.at(-1) === '') lines.pop();
  return [...lines, ...[...left].map(([name, value]) => settingLine(name, value)), ''].join('\n');
}

/** A value with anything but the usual characters is quoted; it never has quotation marks. */
function settingLine(name: string, value: string): string {
  return /^[\w.,:/@+=-]*$/.test(value) ? `${name}=${value}` : `${name}="${value}"`;
}
