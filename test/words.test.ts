import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/sandbox/project-root.ts';

/** A word that the code no longer uses, and what to write instead. */
interface RetiredWord {
  readonly pattern: RegExp;
  readonly say: string;
}

/** Parts of identifiers. */
const IDENTIFIERS: readonly RetiredWord[] = [
  { pattern: /^look(?:s|ed|ing)?(?:At|Again|Ms|Plan|Worth\w*)$/i, say: 'poll (lastPolledAt)' },
  { pattern: /^(?:tell|tells|told|telling|untold)(?![a-z])/, say: 'notify, reply or report' },
  { pattern: /^rung|Rung|^Ladder/, say: 'deliveryPath, fallback chain' },
  { pattern: /^(?:set)?aside|Aside/, say: 'quarantine' },
  { pattern: /learnt/i, say: 'update or known' },
  { pattern: /untaken/i, say: 'undelivered' },
  { pattern: /atHand/i, say: 'handedOver' },
  { pattern: /underWay/i, say: 'inFlight' },
  { pattern: /^(?:MOST|LONGEST|GREATEST)(?:_|$)|_(?:MOST|LONGEST)$/, say: 'MAX_…' },
  { pattern: /^(?:usual|Usual|USUAL)(?![a-z])/, say: 'typical or default' },
  { pattern: /takeUp|takeBack|takenBack/, say: 'resume or cancel' },
  { pattern: /nobody|whoever|somebody/i, say: 'the name of what it is' },
];

/** Words in comments. */
const COMMENTS: readonly RetiredWord[] = [
  { pattern: /\b(?:nobody|whoever|somebody|anybody|everybody)\b(?!’s|'s)/i, say: 'who it is' },
  { pattern: /\bwho asks\b/i, say: 'the caller' },
  { pattern: /\bunder way\b/i, say: 'running, in flight or while it runs' },
  { pattern: /\b(?:set|sets|setting|put) \w* ?aside\b/i, say: 'quarantine' },
  { pattern: /\b(?:rung|rungs)\b/i, say: 'delivery path' },
  { pattern: /\blearnt\b/i, say: 'recorded or known' },
  { pattern: /\b(?:told|untold|tells of)\b/i, say: 'notified, reported or sent' },
  { pattern: /\b(?:takes?|taken|taking) (?:\w+ )?back\b/i, say: 'cancel or undo' },
  { pattern: /\b(?:is|are|was) looked (?:at|for)\b/i, say: 'polled or checked' },
  { pattern: /\b(?:Undefined|Absent): /, say: '`undefined` when …' },
];

/** Comments, texts (which are for people, and exempt) and patterns, in the order in which they start. */
const TOKEN =
  /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:!&|?[{;]\s*|\breturn )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/g;

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/** The comments of a source, and its code without comments and texts; both keep their line numbers. */
function partsOf(source: string): { readonly comments: string; readonly code: string } {
  const comments: string[] = [];
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    const isComment = match.groups?.['comment'] !== undefined;
    comments.push(blank(source.slice(end, match.index)), isComment ? match[0] : blank(match[0]));
    end = match.index + match[0].length;
  }
  return { comments: comments.join(''), code: source.replaceAll(TOKEN, (token) => blank(token)) };
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Each use of a retired word, with its place and its replacement. */
function retiredWordsIn(path: string, source: string): string[] {
  const { comments, code } = partsOf(source);
  // A word may stand at the end of one line of a comment, and its neighbour on the next.
  const prose = comments.replaceAll(
    /\n\s*(?:\*|\/\/)(?!\/)/g,
    (edge) => `\n${' '.repeat(edge.length - 1)}`,
  );
  const inCode = [...code.matchAll(/[A-Za-z_$][\w$]*/g)].flatMap(({ 0: name, index }) =>
    IDENTIFIERS.filter(({ pattern }) => pattern.test(name)).map(
      ({ say }) => `${path}:${lineAt(code, index)}: identifier ${name}; say ${say}`,
    ),
  );
  const inComments = COMMENTS.flatMap(({ pattern, say }) => {
    const everywhere = new RegExp(
      pattern.source.replaceAll(' ', String.raw`\s+`),
      `${pattern.flags}g`,
    );
    return [...prose.matchAll(everywhere)].map(
      ({ 0: word, index }) =>
        `${path}:${lineAt(prose, index)}: "${word.replaceAll(/\s+/g, ' ')}" in a comment; say ${say}`,
    );
  });
  return [...inCode, ...inComments];
}

function sources(folder: string): string[] {
  return readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
}

it('finds retired words in identifiers and comments, and leaves texts alone', () => {
  const source = [
    '/** Tells nothing. Nobody is',
    ' * told. The record is set',
    ' * aside. */',
    "const lookedAt = 'Nobody is told: it is under way'; // under way",
    'const pattern = /`nobody/; const MOST_LINES = `rung ${lookup}`;',
    'export const learntStage = intolerable;',
  ].join('\n');
  expect(retiredWordsIn('a.ts', source).map((found) => found.split(';')[0])).toEqual([
    'a.ts:4: identifier lookedAt',
    'a.ts:5: identifier MOST_LINES',
    'a.ts:6: identifier learntStage',
    'a.ts:1: "Nobody" in a comment',
    'a.ts:4: "under way" in a comment',
    'a.ts:2: "set aside" in a comment',
    'a.ts:2: "told" in a comment',
  ]);
});

it('uses the words of the field', () => {
  const paths = [...sources('commands'), ...sources('src')];
  expect(paths.length).toBeGreaterThan(100);
  expect(
    paths.flatMap((path) => retiredWordsIn(path, readFileSync(join(projectRoot(), path), 'utf8'))),
  ).toEqual([]);
});
