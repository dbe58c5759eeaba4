import { editDistance } from './edit-distance.ts';
import { PROVIDER_FAMILIES } from './provider-settings.ts';
import { LATER_NAMES, SETTING_NAMES } from './setting-names.ts';

/** Where a name stands: a file of the bot's own, or the environment that it shares with others. */
export type NamePlace = 'file' | 'environment';

/** Nobody mistypes a name into one this long; it may be a secret. */
const MAX_CHARS = 40;

/** First words that are nobody else's. */
const OWN_FAMILIES: ReadonlySet<string> = new Set(['BUDGET', ...PROVIDER_FAMILIES]);
/** First words under which a longer name is a misspelling of ours and not a setting of something else. */
const WIDE_FAMILIES: ReadonlySet<string> = new Set([...OWN_FAMILIES, 'DISCORD']);
const UNITS: ReadonlySet<string> = new Set(['MS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS']);
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['SERVER', 'GUILD'],
  ['SERVERS', 'GUILDS'],
]);
/** Names of other programs that only look like ours. */
const OTHERS: ReadonlySet<string> = new Set(['DATADIR', 'HTTPS_PORT', 'LOGLEVEL']);
/** What Kubernetes and Docker set for a service of any name. */
const SERVICE = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_\w+|ENV_\w+)$/;

const NOW = SETTING_NAMES.map(toCandidate);
const LATER = LATER_NAMES.map(toCandidate);
const KNOWN: ReadonlySet<string> = new Set([...SETTING_NAMES, ...LATER_NAMES]);

interface Candidate {
  readonly name: string;
  readonly words: readonly string[];
}

/**
 * The setting that a name is or looks like; undefined where it looks like none. In the environment
 * only what is close or of our own family counts: much of it is not ours.
 */
export function nearestName(given: string, place: NamePlace): string | undefined {
  if (KNOWN.has(given)) return given;
  if (given.length > MAX_CHARS || (place === 'environment' && OTHERS.has(given))) return undefined;
  const words = wordsOf(given);
  const findIn = (candidates: readonly Candidate[]): string | undefined => {
    const [nearest] = candidates
      .map((own) => ({ ...own, distance: distanceOf(words, own.words) }))
      .filter(
        (own) =>
          isClose(own.distance, own.words) ||
          ((place === 'file' || !SERVICE.test(given)) && isAlike(words, own.words, place)),
      )
      .toSorted((one, other) => one.distance - other.distance);
    return nearest?.name;
  };
  return findIn(NOW) ?? (place === 'file' ? findIn(LATER) : undefined);
}

function toCandidate(name: string): Candidate {
  return { name, words: name.split('_') };
}

function wordsOf(name: string): string[] {
  const words = name
    .toUpperCase()
    .split(/[_.-]+/)
    .filter((word) => word !== '');
  const own = words[0] === 'CLAPPER' ? words.slice(1) : words;
  return own.map((word) => SYNONYMS.get(word) ?? word);
}

/** Without regard to underscores. */
function distanceOf(given: readonly string[], own: readonly string[]): number {
  return editDistance(given.join(''), own.join(''));
}

/** One slip in a short name, two in a longer one. */
function isClose(distance: number, own: readonly string[]): boolean {
  return distance <= Math.min(2, Math.floor(own.join('').length / 5));
}

function isAlike(given: readonly string[], own: readonly string[], place: NamePlace): boolean {
  const [first = ''] = given;
  if (first === own[0]) {
    if (OWN_FAMILIES.has(first)) return true;
    if (given.length > 1 && isWithin(given, own)) return true;
    if (WIDE_FAMILIES.has(first) && isWithin(own, given)) return true;
    return hasOtherEnd(given, own);
  }
  // GUILD_IDS for DISCORD_GUILD_IDS; in the environment such short names are anybody's.
  return place === 'file' && given.length > 1 && isEnd(given, own);
}

/** Whether the first words are what remains of the second ones when some are left out. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const word of whole) if (word === part[found]) found += 1;
  return found === part.length;
}

/** POLL_MIN_SECONDS for POLL_MIN_MS: the same but for the last word. */
function hasOtherEnd(given: readonly string[], own: readonly string[]): boolean {
  const isSameBefore =
    given.length === own.length && own.slice(0, -1).every((word, at) => word === given[at]);
  if (!isSameBefore) return false;
  return own.length > 2 || [own, given].every((words) => UNITS.has(words.at(-1) ?? ''));
}

function isEnd(given: readonly string[], own: readonly string[]): boolean {
  const end = own.slice(-given.length).join('');
  return given.length < own.length && [end, end.replace(/S$/, '')].includes(given.join(''));
}
