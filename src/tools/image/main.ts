import { makeBotFolder } from './make-bot-folder.ts';

const USAGE =
  'npm run image -- FOLDER: makes the folder that runs as the bot and nothing else, as the image has it';

async function main(cwd: string, given: readonly string[]): Promise<number> {
  const [folder] = given;
  if (folder === undefined || folder.startsWith('-') || given.length > 1) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  await makeBotFolder(cwd, folder);
  return 0;
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
