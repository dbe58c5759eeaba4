import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/sandbox/project-root.ts';
import { configOf } from '../config/environment.ts';

/** The values of each key, by section. Throws on a line that is none of the format. */
function parseUnit(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  let section = '';
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (header !== undefined) section = header;
    else if (key === undefined || value === undefined) throw new Error(`unreadable: ${line}`);
    else values.set(`${section}.${key}`, [...(values.get(`${section}.${key}`) ?? []), value]);
  }
  return values;
}

const UNIT = parseUnit(readFileSync(join(projectRoot(), 'docs/operators/clapper.service'), 'utf8'));
function one(key: string): string | undefined {
  const values = UNIT.get(key);
  expect([key, values?.length]).toEqual([key, 1]);
  return values?.[0];
}
const environment: Readonly<Record<string, string>> = Object.fromEntries(
  (UNIT.get('Service.Environment') ?? []).map((pair): [string, string] => {
    const end = pair.indexOf('=');
    return [pair.slice(0, end), pair.slice(end + 1)];
  }),
);

describe('the systemd unit', () => {
  it('runs Node itself, as a user of its own', () => {
    expect(one('Service.ExecStart')).toMatch(/^\/\S*\/node dist\/src\/main\.js$/);
    expect(one('Service.User')).toBe('clapper');
  });

  it('starts it again after a fault, and not after a bad setting', () => {
    expect(one('Service.Restart')).toBe('on-failure');
    expect(one('Service.RestartPreventExitStatus')).toBe('78');
  });

  it('stops it by SIGTERM and waits until it has stopped', () => {
    expect(one('Service.KillSignal')).toBe('SIGTERM');
    const seconds = Number(environment['SHUTDOWN_SECONDS']);
    expect(Number(one('Service.TimeoutStopSec'))).toBeGreaterThan(seconds + 2);
  });

  it('sets what the bot takes', () => {
    const { dataDir, store, shutdownMs } = configOf(environment);
    expect({ dataDir, store, shutdownMs }).toEqual({
      dataDir: '/var/lib/clapper',
      store: { kind: 'sqlite', path: '/var/lib/clapper/clapper.sqlite' },
      shutdownMs: 310_000,
    });
  });

  it('lets it write to its own folder alone', () => {
    const folder = `/var/lib/${one('Service.StateDirectory')}`;
    expect(one('Service.StateDirectoryMode')).toBe('0700');
    expect(one('Service.ProtectSystem')).toBe('strict');
    expect(environment['DATA_DIR']).toBe(folder);
    expect(environment['STORE_URL']).toBe(`sqlite://${folder}/clapper.sqlite`);
  });

  it.each([
    'NoNewPrivileges',
    'PrivateTmp',
    'PrivateDevices',
    'ProtectHome',
    'ProtectKernelModules',
    'ProtectKernelTunables',
    'ProtectControlGroups',
    'RestrictNamespaces',
    'RestrictSUIDSGID',
    'LockPersonality',
  ])('turns on %s', (key) => {
    expect(one(`Service.${key}`)).toBe('true');
  });

  it('gives it no capability, and lets Node compile', () => {
    expect(one('Service.CapabilityBoundingSet')).toBe('');
    expect(UNIT.has('Service.MemoryDenyWriteExecute')).toBe(false);
  });
});
