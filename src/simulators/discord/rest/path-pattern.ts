/**
 * Matches a decoded path against `/channels/:channel/messages/:message`; returns the parameters,
 * or undefined. A trailing `*` matches the rest.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '*';
  if (open ? given.length < wanted.length : given.length !== wanted.length) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      parameters[part.slice(1)] = value;
    } else if (part !== value && !(part === '*' && index === wanted.length - 1)) {
      return undefined;
    }
  }
  return parameters;
}
