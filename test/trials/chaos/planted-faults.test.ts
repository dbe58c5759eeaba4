import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantFault } from '../../../src/trials/chaos/plant-fault.ts';
import { PLANTED_FAULTS } from '../../../src/trials/chaos/planted-faults.ts';
import { readChaosArguments } from '../../../src/trials/chaos/read-arguments.ts';

describe('the planted faults', () => {
  it.each(PLANTED_FAULTS)(
    '$name still fits the built bot, and changes its copy alone',
    async (fault) => {
      const built = await readFile(join('dist', 'src', fault.file), 'utf8');
      const copy = await plantFault(fault);
      const planted = await readFile(join(copy.root, 'dist', 'src', fault.file), 'utf8');
      await copy.remove();
      expect(planted).toBe(built.replace(fault.find, () => fault.replace));
      expect(planted).not.toBe(built);
    },
  );

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
