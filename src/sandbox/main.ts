import { EXAMPLE_MODEL } from './example-model.ts';
import { runPlayground } from './playground/run-playground.ts';
import { readArguments } from './read-arguments.ts';
import { runJob } from './run-job.ts';

const HELP = `Runs the real bot on a Discord and providers simulated on this machine: no account, no key, no network.

  npm run sandbox                                    a page to play on, in your browser
  npm run sandbox -- --port 8080                     the same at this port
  npm run sandbox -- --demo                          one job in the terminal, on the pictures that come with it
  npm run sandbox -- --prompt "…" [options]          one job of your own

Every option of /video, with dashes: --model ${EXAMPLE_MODEL} --duration 5 --ratio 16:9
--first-frame a.jpg --last-frame b.jpg --image1 c.png --video1 d.mp4 --audio1 e.mp3
--sound or --no-sound, likewise --web-search and --watermark. Models: any value of /video's model option.
Without --prompt the pictures that come with it are used. Prices shown here are invented.
--out clip.mp4   where the clip goes        --locale zh-CN   in which language the member reads
`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<number> {
  const read = readArguments(process.argv.slice(2));
  switch (read.kind) {
    case 'play':
      return runPlayground(read.port, print);
    case 'job':
      return runJob(read.job, print);
    case 'help':
      print(read.error === undefined ? HELP : `${read.error}\n\n${HELP}`);
      return read.error === undefined ? 0 : 2;
  }
}

try {
  process.exitCode = await main();
} catch (cause) {
  // Such as a missing file, or a command that Discord's client would refuse: print one line.
  print(cause instanceof Error ? cause.message : 'unknown fault');
  process.exitCode = 2;
}
