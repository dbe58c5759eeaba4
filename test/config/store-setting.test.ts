import { describe, expect, it } from 'vitest';
import { listSecrets } from '../../src/config/config.ts';
import { configOf, faultsOf, MINIMAL } from './environment.ts';

const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');

const storeOf = (url: string, env: Record<string, string> = {}) =>
  configOf({ STORE_URL: url, SECRET_KEY, ...env }).store;

describe('STORE_URL with postgres://', () => {
  it.each([
    'postgres://clapper:p%40ss@db.example:5432/clapper',
    'postgresql://clapper@db/clapper?sslmode=verify-full&sslrootcert=/etc/ca.pem',
    'POSTGRES://[::1]/clapper',
    'postgres://clapper:x@/clapper?host=/run/postgresql',
    'postgres:///clapper?host=/run/postgresql',
    'postgres://db/bot?sslmode=require&uselibpqcompat=true',
    'postgres://db/bot?options=-c%20search_path%3Dclapper',
  ])('takes %s as it stands', (url) => {
    expect(storeOf(url)).toEqual({ kind: 'postgres', url });
  });

  it.each(['prefer', 'require', 'verify-ca'])('names what sslmode=%s does', (mode) => {
    expect(storeOf(`postgres://db/bot?sslmode=${mode}`)).toEqual({
      kind: 'postgres',
      url: 'postgres://db/bot?sslmode=verify-full',
    });
  });

  it.each([
    ['postgres://', /no address|no database/],
    ['postgres://db', /names no database/],
    ['postgres://user:password@db:5432/', /names no database/],
    ['postgres:///clapper', /names no host/],
    ['postgres://user:p@/clapper', /names no host/],
    ['postgres://a,b/clapper', /several hosts/],
    ['postgres://a/clapper?host=b,c', /several hosts/],
    ['postgres://user:pa/ss@db/clapper', /no address/],
    ['postgres://user:12/ss@db/clapper', /a \/ or @/],
    ['postgres://user:pa#ss@db/clapper', /no address/],
    ['postgres://user:50%@db/clapper', /stray %/],
    ['postgres://user:%ff@db/clapper', /stray %/],
    ['postgres://user:a b@db/clapper', /a space/],
    ['postgres://db:99999/clapper', /no address/],
    ['postgres://db/clapper?sslmode=yes', /unknown sslmode/],
  ])('refuses %s', (url, wrong) => {
    const lines = faultsOf({ ...MINIMAL, SECRET_KEY, STORE_URL: url });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(wrong);
    expect(lines[0]).not.toMatch(/ss@|50%@/);
  });

  it('needs SECRET_KEY, and says how to make one', () => {
    const lines = faultsOf({ ...MINIMAL, STORE_URL: 'postgres://db/clapper' });
    expect(lines).toEqual([expect.stringMatching(/^SECRET_KEY: .*openssl rand -base64 32/)]);
  });

  it('takes the name of the process with it, which SQLite does not need', () => {
    const env = { INSTANCE: 'bot_1.west-2' };
    expect(storeOf('postgres://db/clapper', env)).toMatchObject({ instance: env.INSTANCE });
    expect(storeOf('sqlite://a', env)).toEqual({ kind: 'sqlite', path: 'a' });
  });

  it.each([
    ['postgres://u:p%40ss@db/clapper', ['p%40ss', 'p@ss']],
    ['postgres://u@db/clapper?password=a%2Bb+c', ['a%2Bb+c', 'a+b c']],
    ['postgres://u:%C3%A4@db/clapper', ['%C3%A4', 'ä']],
  ])('keeps the password of %s out of every log', (url, secrets) => {
    expect(listSecrets(configOf({ STORE_URL: url, SECRET_KEY }))).toEqual(
      expect.arrayContaining(secrets),
    );
  });

  it('has no secret where there is no password', () => {
    const without = listSecrets(configOf({ SECRET_KEY }));
    expect(listSecrets(configOf({ SECRET_KEY, STORE_URL: 'postgres://u@db/c' }))).toEqual(without);
  });
});
