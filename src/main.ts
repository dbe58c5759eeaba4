import { prepareLoading } from './bot/prepare-loading.ts';

prepareLoading();
// Only what is loaded from now on is kept compiled and has its lines in stack traces.
const { runBot } = await import('./bot/run-bot.ts');
await runBot();
