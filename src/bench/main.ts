import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { renderFigures } from './figures.ts';
import type { Figure } from './figures.ts';
import { benchLedger } from './ledger.ts';
import { benchPolls } from './polls.ts';

/** Every benchmark by name; `brief` only shows that it runs. */
const BENCHES: Readonly<Record<string, (isBrief: boolean) => Promise<Figure[]>>> = {
  ledger: async (isBrief) =>
    benchLedger(
      isBrief
        ? { members: [10, 100], past: [100, 500] }
        : { members: [10, 100, 1000, 10_000], past: [100, 1000, 10_000, 100_000] },
    ),
  polls: async (isBrief) => benchPolls(isBrief ? 300 : 20_000),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { brief: { type: 'boolean', default: false }, json: { type: 'string' } },
});
const wanted = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const figures: Figure[] = [];
for (const name of wanted) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    process.stderr.write(`no benchmark "${name}"; there are: ${Object.keys(BENCHES).join(', ')}\n`);
    process.exit(2);
  }
  // oxlint-disable-next-line no-await-in-loop -- one at a time, or they would measure each other
  figures.push(...(await bench(values.brief)));
}
process.stdout.write(`${renderFigures(figures)}\n`);
if (values.json !== undefined)
  await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
