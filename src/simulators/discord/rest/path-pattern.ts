/**
 * Matches a decoded path against a pattern such as `/channels/:channel/messages/:message`; returns
 * the parameters, or `undefined` without a match. A trailing `*` matches the rest of the path.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const isOpenEnded = wanted.at(-1) === '*';
  if (isOpenEnded ? given.length < wanted.length : given.length !== wanted.length) {
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
