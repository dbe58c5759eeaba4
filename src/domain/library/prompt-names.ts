/** What a name of a server's media may be. */
export const ASSET_NAME = /^[a-z][a-z0-9_-]{1,31}$/;

/** A part of a prompt: words as they are sent, or the name of a medium. */
export type PromptPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string };

/** `{{name}}`, which stands for the words `{name}`, or `{name}`. Other braces are words. */
const MARK = /\{\{([a-z][a-z0-9_-]{1,31})\}\}|\{([a-z][a-z0-9_-]{1,31})\}/g;

/**
 * Splits a prompt at the names in it. `{{name}}` is always the words `{name}`; what is in braces and
 * cannot be a name stays as it is.
 */
export function splitPrompt(prompt: string): PromptPart[] {
  const parts: PromptPart[] = [];
  let words = '';
  let from = 0;
  for (const match of prompt.matchAll(MARK)) {
    const [whole, escaped, name] = match;
    words += prompt.slice(from, match.index);
    from = match.index + whole.length;
    if (escaped !== undefined) words += `{${escaped}}`;
    if (name === undefined) continue;
    if (words !== '') parts.push({ kind: 'words', text: words });
    words = '';
    parts.push({ kind: 'name', name });
  }
  words += prompt.slice(from);
  if (words !== '') parts.push({ kind: 'words', text: words });
  return parts;
}

/** The names in a prompt, each once, in the order in which they come first. */
export function namesIn(prompt: string): string[] {
  const names = splitPrompt(prompt).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
  return [...new Set(names)];
}
