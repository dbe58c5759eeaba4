import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { growPlant } from '../../../src/trials/chaos/grow-plant.ts';
import { PLANTS } from '../../../src/trials/chaos/plants.ts';
import { readChaosArguments } from '../../../src/trials/chaos/read-arguments.ts';

describe('the plants', () => {
  it.each(PLANTS)('$name still fits the built bot, and changes its copy alone', async (plant) => {
    const built = await readFile(join('dist', 'src', plant.file), 'utf8');
    const copy = await growPlant(plant);
    const grown = await readFile(join(copy.root, 'dist', 'src', plant.file), 'utf8');
    await copy.remove();
    expect(grown).toBe(built.replace(plant.find, () => plant.replace));
    expect(grown).not.toBe(built);
  });

  it('are chosen by name, one or all', () => {
    expect(readChaosArguments(['--plant', 'nonce-ignored'])?.plants).toHaveLength(1);
    expect(readChaosArguments(['--plant', 'all'])?.plants).toHaveLength(PLANTS.length);
    expect(readChaosArguments([])?.plants).toEqual([]);
  });

  it.each([[['--plant', 'weeds']], [['--rounds', '0']], [['--from', '1.5']], [['--rouns', '3']]])(
    'are not guessed from %j',
    (given) => {
      expect(readChaosArguments(given)).toBeUndefined();
    },
  );
});
