import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BRIEF, FULL } from './pace.ts';
import { NOTHING, addRound, renderFindings, renderRound, renderSums } from './report.ts';
import { playRound } from './round.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    brief: { type: 'boolean', default: false },
  },
});
const seed = values.seed ?? randomBytes(4).toString('hex');
const first = Number(values.from);
const rounds = Number(values.rounds);
if (![first, rounds].every((number) => Number.isInteger(number) && number > 0)) {
  process.stderr.write('--rounds and --from are whole numbers above 0\n');
  process.exit(2);
}
const last = first + rounds - 1;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

say(`seed ${seed}, rounds ${first} to ${last}`);
let sums = NOTHING;
for (let number = first; number <= last; number += 1) {
  const startedAt = performance.now();
  // oxlint-disable-next-line no-await-in-loop -- a round has the machine to itself
  const round = await playRound(seed, number, values.brief ? BRIEF : FULL);
  sums = addRound(sums, round);
  say(renderRound(round, performance.now() - startedAt));
  if (round.findings.length > 0) say(renderFindings(round));
}
say(`seed ${seed}`);
say(renderSums(sums));
// What a simulator still waits for keeps no verdict waiting.
process.exit(Object.values(sums.faults).every((count) => count === 0) ? 0 : 1);
