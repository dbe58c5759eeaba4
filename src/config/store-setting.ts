import { z } from 'zod';
import { canDecode } from './can-decode.ts';
import { invalidValue } from './setting-text.ts';

/** Where the store is. */
export type StoreSetting =
  | {
      readonly kind: 'sqlite';
      /** The path of the file. */
      readonly path: string;
    }
  | {
      readonly kind: 'postgres';
      /** As the client of the database takes it; may carry a password. */
      readonly url: string;
      /** The operator's name of this process; absent where the host's is to be taken. */
      readonly instance?: string;
    };

interface Flaw {
  readonly problem: string;
  readonly advice: string;
}

const ADVICE =
  'Write sqlite:// and the path of a file, such as sqlite://data/clapper.sqlite, or postgres://user:password@host:5432/database';
const POSTGRES_ADVICE = 'Write postgres://user:password@host:5432/database';
const ENCODE =
  'Write signs such as %, /, ?, #, @ and spaces in the user name, the password and the name of the database by their codes: %25, %2F, %3F, %23, %40, %20';

const SSL_MODES: ReadonlySet<string> = new Set([
  'disable',
  'no-verify',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
]);

/** The setting `STORE_URL`. A fault never quotes it: it may carry a password. */
export const storeUrl = z.string().transform((text, context): StoreSetting => {
  const flaw = isPostgres(text) ? flawOfPostgres(text) : flawOfPath(pathOf(text));
  if (flaw === undefined) {
    return isPostgres(text)
      ? { kind: 'postgres', url: asTheClientTakesIt(text) }
      : { kind: 'sqlite', path: pathOf(text) };
  }
  context.addIssue({ code: 'custom', message: flaw.problem, params: { advice: flaw.advice } });
  return z.NEVER;
});

/** The name of a process among those that share a database; the name of a folder as well. */
export const instanceName = z
  .string()
  .refine(
    (text) => /^[\w.-]{1,63}$/.test(text) && !/^\.+$/.test(text),
    invalidValue('must be 1 to 63 letters, digits, dots, dashes and underscores'),
  );

/** Whether a `STORE_URL` names a database of Postgres. */
export function isPostgres(text: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(text);
}

/** The passwords in the address of a store, as written and as sent. */
export function storePasswords(store: StoreSetting): string[] {
  if (store.kind === 'sqlite') return [];
  const found = [
    ...store.url.matchAll(/^[a-z]+:\/\/[^:@/?#]*:([^@/?#]+)@|[?&]password=([^&#]+)/gi),
  ].map(([, before, inQuery = '']) => before ?? inQuery);
  return found.flatMap((written) => [
    written,
    decodeURIComponent(written),
    decodeURIComponent(written.replaceAll('+', ' ')),
  ]);
}

const pathOf = (text: string): string => /^sqlite:\/\/(.*)$/is.exec(text)?.[1] ?? '';

function flawOfPath(path: string): Flaw | undefined {
  if (path === '') return { problem: 'must be sqlite:// and a path', advice: ADVICE };
  if (path.startsWith(':memory:')) {
    return { problem: 'names a database in memory, which forgets paid videos', advice: ADVICE };
  }
  return /[/\\]$/.test(path) ? { problem: 'names a folder', advice: ADVICE } : undefined;
}

function flawOfPostgres(text: string): Flaw | undefined {
  if (/\s/.test(text)) return { problem: 'contains a space', advice: ENCODE };
  if (/%(?![\da-f]{2})/i.test(text)) return { problem: 'carries a stray %', advice: ENCODE };
  const address = addressOf(text);
  if (address === undefined) {
    return { problem: 'is no address of a database', advice: `${POSTGRES_ADVICE}. ${ENCODE}` };
  }
  return flawOfNames(address) ?? flawOfHost(address);
}

function flawOfNames({ username, password, pathname, search }: URL): Flaw | undefined {
  const database = pathname.slice(1);
  if (database === '') return { problem: 'names no database', advice: POSTGRES_ADVICE };
  // Of a password with one of these the rest is read as the database.
  if (/[/@]/.test(database)) return { problem: 'has a / or @ in a name', advice: ENCODE };
  return [username, password, database, search].every(canDecode)
    ? undefined
    : { problem: 'carries a stray %', advice: ENCODE };
}

function flawOfHost({ hostname, searchParams }: URL): Flaw | undefined {
  const host = searchParams.get('host') ?? hostname;
  if (host === '' || host === NO_HOST) return { problem: 'names no host', advice: POSTGRES_ADVICE };
  if (host.includes(',')) {
    return {
      problem: 'names several hosts',
      advice: 'Name the one that is written to, or an address that always leads there',
    };
  }
  const sslMode = searchParams.get('sslmode');
  if (sslMode === null || SSL_MODES.has(sslMode)) return undefined;
  return {
    problem: 'has an unknown sslmode',
    advice: 'Write sslmode=verify-full, or sslmode=no-verify to check no certificate',
  };
}

const NO_HOST = 'no-host.invalid';

/** The parts of an address, as the client reads them: with a host in its query it needs no other. */
function addressOf(text: string): URL | undefined {
  const withHost = text.replace('@/', `@${NO_HOST}/`);
  return URL.canParse(withHost) ? new URL(withHost) : undefined;
}

/** The client checks certificates in all these modes, and would warn that it does. */
function asTheClientTakesIt(text: string): string {
  return /[?&]uselibpqcompat=true(?:&|$)/.test(text)
    ? text
    : text.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|#|$)/, '$1verify-full');
}
