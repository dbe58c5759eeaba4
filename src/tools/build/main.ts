import { join } from 'node:path';
import { buildBot } from './build-bot.ts';

const USAGE = `npm run build: bundles the bot and its commands into dist
  --trials   also the bot that the trials of troubles run`;

async function main(cwd: string, given: readonly string[]): Promise<number> {
  if (given.some((argument) => argument !== '--trials')) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  await buildBot(cwd, join(cwd, 'dist'), { hasTrial: given.length > 0 });
  return 0;
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
