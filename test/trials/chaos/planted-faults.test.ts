import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/tools/build/apply-patch.ts';
import { plantFault } from '../../../src/trials/chaos/plant-fault.ts';
import { PLANTED_FAULTS } from '../../../src/trials/chaos/planted-faults.ts';
import { readChaosArguments } from '../../../src/trials/chaos/read-arguments.ts';

const built = async (root: string): Promise<string> =>
  readFile(join(root, 'dist/src/trials/chaos/bot.js'), 'utf8');

describe('the planted faults', () => {
  it.each(PLANTED_FAULTS)('$name still fits its source, and is code there', async (fault) => {
    const source = await readFile(join('src', fault.file), 'utf8');
    const planted = applyPatch(source, fault);
    expect(planted).toBe(source.replace(fault.find, () => fault.replace));
    const { code } = await transform(planted, { loader: 'ts' });
    expect(code).not.toBe((await transform(source, { loader: 'ts' })).code);
  });

  it('are planted into a build beside the bot’s own', async () => {
    const before = await built('.');
    const copy = await plantFault({
      name: 'other-state',
      file: 'domain/tasks/resume.ts',
      find: "return notifying('outcome-unknown', nowMs);",
      replace: "return notifying('planted-state', nowMs);",
    });
    const planted = await built(copy.root);
    await copy.remove();
    expect(planted).toContain('planted-state');
    expect(before).not.toContain('planted-state');
    expect(await built('.')).toBe(before);
  });

  it('do not fit where their text is missing, or there twice', () => {
    const patch = { file: 'a.ts', find: 'b', replace: 'c' };
    expect(() => applyPatch('a', patch)).toThrow('does not fit a.ts');
    expect(() => applyPatch('abb', patch)).toThrow('does not fit a.ts');
    expect(applyPatch('ab', patch)).toBe('ac');
  });

  it('are chosen by name, one or all', () => {
    expect(readChaosArguments(['--plant', 'nonce-ignored'])?.faults).toHaveLength(1);
    expect(readChaosArguments(['--plant', 'all'])?.faults).toHaveLength(PLANTED_FAULTS.length);
    expect(readChaosArguments([])?.faults).toEqual([]);
  });

  it.each([[['--plant', 'weeds']], [['--rounds', '0']], [['--from', '1.5']], [['--rouns', '3']]])(
    'are not guessed from %j',
    (given) => {
      expect(readChaosArguments(given)).toBeUndefined();
    },
  );
});
