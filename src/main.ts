import { runBot } from './bot/run-bot.ts';

await runBot();
