import { EXAMPLE_MODEL } from './example-model.ts';
import { DEFAULT_PORT, runPlayground } from './playground/run-playground.ts';
import { readArguments } from './read-arguments.ts';
import { runJob } from './run-job.ts';

const HELP = `Runs the real bot against a simulated Discord and simulated providers on this machine.
It needs no account, no key and no network. All prices are invented.

  npm run sandbox                              a page like Discord's, in your browser
  npm run sandbox -- --port 8080               the same on this port (default ${DEFAULT_PORT}; 0 is any free port)
  npm run sandbox -- --demo                    one video in the terminal, from two example pictures
  npm run sandbox -- --prompt "…" [options]    one video of your own in the terminal

A video takes every option of /video, written with dashes:
  --model ${EXAMPLE_MODEL} --duration 5 --resolution 720p --ratio 16:9
  --first-frame a.jpg --last-frame b.jpg --image1 c.png --video1 d.mp4 --audio1 e.mp3
  --sound, --web-search, --watermark, or --no-sound and so on
and two of its own:
  --out FILE       where to save the video (default: clip.mp4 in the current folder)
  --locale zh-CN   the member's language (default: en-US)
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
  print(cause instanceof Error ? cause.message : 'Unknown error.');
  process.exitCode = 2;
}
