import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Where setup asks its questions. */
export interface Terminal {
  /** Asks for a line; rejects with an `InputEnded` where there will be none. */
  ask(question: string): Promise<string>;
  /** The same, without showing what is typed. */
  askSecret(question: string): Promise<string>;
  say(text: string): void;
  close(): void;
}

/** The input ended before a question was answered. */
export class InputEnded extends Error {}

/** Asks on these streams; what is typed in answer to a secret is not echoed. */
export function createTerminal(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
): Terminal {
  let isMuted = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isMuted) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: echo, terminal: input.isTTY === true });
  // Lines that arrive before they are asked for, as from a pipe.
  const waiting: string[] = [];
  const asked: { resolve: (line: string) => void; reject: (cause: Error) => void }[] = [];
  let isEnded = false;
  lines.on('line', (line) => {
    const next = asked.shift();
    if (next === undefined) waiting.push(line);
    else next.resolve(line);
  });
  lines.on('close', () => {
    isEnded = true;
    for (const { reject } of asked.splice(0)) reject(new InputEnded());
  });

  async function ask(question: string): Promise<string> {
    output.write(`${question} `);
    const line = waiting.shift();
    if (line !== undefined) return line.trim();
    if (isEnded) throw new InputEnded();
    const typed = new Promise<string>((resolve, reject) => asked.push({ resolve, reject }));
    return (await typed).trim();
  }

  return {
    ask,
    async askSecret(question) {
      isMuted = true;
      try {
        return await ask(question);
      } finally {
        isMuted = false;
        output.write('\n');
      }
    },
    say: (text) => void output.write(`${text}\n`),
    close: () => lines.close(),
  };
}
