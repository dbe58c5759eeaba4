import { SimpleMarkdown, rulesExtended } from 'discord-markdown-parser';

type Rule = (typeof rulesExtended)[string];

/** A node of the parser's tree; only its type has been checked. */
export type MarkdownNode = Readonly<Record<string, unknown>> & { readonly type: string };

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function isNode(value: unknown): value is MarkdownNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

const HEADING = /^(#{1,3}) +([^\n]+?)(?:\n|$)/u;
const SUBTEXT = /^-# +([^\n]+?)(?:\n|$)/u;
const LIST = /^(?: *(?:[-*]|\d{1,9}\.) +[^\n]+(?:\n|$))+/u;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/u;

/** Matches only at the start of a line; also after a quote, whose text ends with a line break. */
function atLineStart(pattern: RegExp): Rule['match'] {
  return (source, _state, before) =>
    before === '' || before.endsWith('\n') ? pattern.exec(source) : null;
}

/** Discord's lists (`- one`, `1. one`, nested by indentation), which the package does not support. */
const list: Rule = {
  order: 0,
  match: atLineStart(LIST),
  parse: (capture, parse, state) => ({
    items: (capture[0] ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, indent = '', mark = '-', text = ''] = ITEM.exec(line) ?? [];
        return {
          depth: Math.floor(indent.length / 2),
          mark,
          content: parse(text, { ...state, prevCapture: null }),
        };
      }),
  }),
};

const parser = SimpleMarkdown.parserFor({
  ...rulesExtended,
  ...(rulesExtended['heading'] === undefined
    ? {}
    : { heading: { ...rulesExtended['heading'], match: atLineStart(HEADING) } }),
  ...(rulesExtended['subtext'] === undefined
    ? {}
    : { subtext: { ...rulesExtended['subtext'], match: atLineStart(SUBTEXT) } }),
  list,
});

/** Parses Discord's dialect of Markdown into a tree. */
export function parseMarkdown(text: string): readonly MarkdownNode[] {
  return parser(text, { inline: true });
}
