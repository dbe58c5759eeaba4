import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { describeOnPostgres, untilTrue } from '../../fakes/on-postgres.ts';
import { findOverlap, LONG, databaseWithClaims, startMember } from './a-member.ts';

const LEASE_MS = 2000;

describeOnPostgres('a member that is a process', (server) => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  const startProcess = async (url: string, leaseMs: number) => {
    const script = join(import.meta.dirname, 'member-process.ts');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, url, 'child', String(leaseMs)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(child);
    const said: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
    const count = (word: string): number => said.filter((line) => line.startsWith(word)).length;
    await untilTrue(async () => count('gained') > 0 || child.exitCode !== null);
    expect(child.exitCode).toBeNull();
    return { child, said, count };
  };

  it('has its slots taken over when it is killed, long before its lease ends', async () => {
    const url = await databaseWithClaims(server);
    const { child, count } = await startProcess(url, LONG.leaseMs);
    const other = await startMember(url, 'other');
    await untilTrue(async () => other.held.size === 32 && count('released') === 32);
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    await untilTrue(async () => other.held.size === 64);
    await other.stop();
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });

  it('is removed when it is stopped, changes nothing when it wakes, and comes again', async () => {
    const url = await databaseWithClaims(server);
    const { child, count } = await startProcess(url, LEASE_MS);
    const other = await startMember(url, 'other', { limits: { ...LONG, leaseMs: LEASE_MS } });
    await untilTrue(async () => other.held.size === 32 && count('released') === 32);
    child.kill('SIGSTOP');
    await untilTrue(async () => other.held.size === 64);
    child.kill('SIGCONT');
    await untilTrue(async () => count('lost') >= 32 && count('gained') >= 64 + 32);
    await untilTrue(async () => other.held.size === 32);
    await other.stop();
    await expect(findOverlap(url)).resolves.toBeUndefined();
  });
});
