import { editDistance } from '../domain/edit-distance.ts';
import { FOREIGN_PROVIDER_NAMES, PROVIDER_PREFIXES, SHARED_PREFIXES } from './provider-settings.ts';
import { SETTING_NAMES } from './setting-names.ts';

/** Where a name comes from: the bot's own file, or the environment, which other programs share. */
export type NameSource = 'file' | 'environment';

/** A longer name is not a misspelt setting, but may be a secret. */
const MAX_CHARS = 40;

/** First words that only the bot uses. */
const OWN_PREFIXES: ReadonlySet<string> = new Set(['BUDGET', ...PROVIDER_PREFIXES]);
/** First words for which even a longer name counts as a misspelt setting of the bot. */
const LOOSE_PREFIXES: ReadonlySet<string> = new Set([...OWN_PREFIXES, 'DISCORD']);
const UNITS: ReadonlySet<string> = new Set(['MS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS']);
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['SERVER', 'GUILD'],
  ['SERVERS', 'GUILDS'],
]);
/** Words that mean the same in the bot's own file; systemd has them in the environment. */
const SYNONYMS_IN_FILE: ReadonlyMap<string, string> = new Map([
  ...SYNONYMS,
  ['DIRECTORY', 'DIR'],
  ['FOLDER', 'DIR'],
]);
/** What a name of this kind means in the file of a Discord bot. */
const MEANT_IN_FILE: ReadonlyMap<string, string> = new Map([
  ['TOKEN', 'DISCORD_TOKEN'],
  ['BOT_TOKEN', 'DISCORD_TOKEN'],
]);
/** Names of other programs that look like settings of the bot. */
const FOREIGN_NAMES: ReadonlySet<string> = new Set([
  'DATADIR',
  'GOPROXY',
  'HTTPS_PORT',
  'LOGLEVEL',
  'MEDIA_MAX_SIZE',
  ...FOREIGN_PROVIDER_NAMES,
]);
/** The proxies of other programs, whose names differ from the bot's own by a letter or its case. */
const FOREIGN_PROXY = /^(?:https?|all|no)_proxy$|^HTTP_PROXY$/;
/** The variables that Kubernetes and Docker set for every service. */
const SERVICE = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_\w+|ENV_\w+)$/;

const CANDIDATES = SETTING_NAMES.map(toCandidate);
const KNOWN: ReadonlySet<string> = new Set(SETTING_NAMES);

interface Candidate {
  readonly name: string;
  readonly words: readonly string[];
}

/**
 * Finds the setting that a name equals or resembles; `undefined` when it resembles none. In the
 * environment the match is stricter, because most variables there belong to other programs.
 */
export function nearestName(given: string, source: NameSource): string | undefined {
  if (KNOWN.has(given)) return given;
  if (given.length > MAX_CHARS) return undefined;
  if (FOREIGN_PROXY.test(given)) return undefined;
  if (source === 'environment' && FOREIGN_NAMES.has(given)) return undefined;
  const words = wordsOf(given, source);
  const meant = source === 'file' ? MEANT_IN_FILE.get(words.join('_')) : undefined;
  if (meant !== undefined) return meant;
  const [nearest] = CANDIDATES.map((known) => ({
    ...known,
    distance: distanceOf(words, known.words),
  }))
    .filter(
      (known) =>
        isClose(known.distance, known.words) ||
        ((source === 'file' || !SERVICE.test(given)) && isSimilar(words, known.words, source)),
    )
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.name;
}

function toCandidate(name: string): Candidate {
  return { name, words: name.split('_') };
}

function wordsOf(name: string, source: NameSource): string[] {
  const synonyms = source === 'file' ? SYNONYMS_IN_FILE : SYNONYMS;
  const words = name
    .toUpperCase()
    .split(/[_.-]+/)
    .filter((word) => word !== '');
  const unprefixed = words[0] === 'CLAPPER' ? words.slice(1) : words;
  return unprefixed.map((word) => synonyms.get(word) ?? word);
}

/** The edit distance without underscores. */
function distanceOf(given: readonly string[], known: readonly string[]): number {
  return editDistance(given.join(''), known.join(''));
}

/** Allows one typing error in a short name, two in a longer one. */
function isClose(distance: number, known: readonly string[]): boolean {
  return distance <= Math.min(2, Math.floor(known.join('').length / 5));
}

function isSimilar(
  given: readonly string[],
  known: readonly string[],
  source: NameSource,
): boolean {
  if (given[0] === known[0]) return isSimilarBehindFirst(given, known, source);
  // GUILD_IDS for DISCORD_GUILD_IDS. In the environment such a short name may be another program's.
  return source === 'file' && given.length > 1 && isSuffix(given, known);
}

/** The same of names with the same first word. */
function isSimilarBehindFirst(
  given: readonly string[],
  known: readonly string[],
  source: NameSource,
): boolean {
  const [first = ''] = given;
  // A single word, RETENTION for RETENTION_DAYS, may be anything in the environment.
  const isPart = isSubsequence(given, known) && (source === 'file' || given.length > 1);
  if (source === 'environment' && SHARED_PREFIXES.includes(first)) return isPart;
  if (isPart || OWN_PREFIXES.has(first)) return true;
  if (LOOSE_PREFIXES.has(first) && isSubsequence(known, given)) return true;
  return differsInLastWord(given, known);
}

/** Whether `part` is `whole` with some words left out. */
function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const word of whole) if (word === part[found]) found += 1;
  return found === part.length;
}

/** Whether only the last word differs: POLL_MIN_SECONDS for POLL_MIN_MS. */
function differsInLastWord(given: readonly string[], known: readonly string[]): boolean {
  const isSameBefore =
    given.length === known.length && known.slice(0, -1).every((word, at) => word === given[at]);
  if (!isSameBefore) return false;
  return known.length > 2 || [known, given].every((words) => UNITS.has(words.at(-1) ?? ''));
}

function isSuffix(given: readonly string[], known: readonly string[]): boolean {
  const end = known.slice(-given.length).join('');
  return given.length < known.length && [end, end.replace(/S$/, '')].includes(given.join(''));
}
