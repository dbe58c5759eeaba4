import { z } from 'zod';

/** What must never stand in the bot's log, and which of its complaints a test means to cause. */
export interface LogRules {
  readonly secrets: readonly string[];
  readonly expectedErrors: readonly RegExp[];
}

const lineSchema = z.object({ level: z.number(), msg: z.string() });

const ERROR_LEVEL = 50;

/** A signature of Discord's CDN. */
const SIGNED_QUERY = /[?&]hm=/;

/** Never expected, whatever a test does to the bot. */
const BUG = /unhandled rejection|uncaught exception|command failed/;

/** Everything wrong with the lines of a bot's log; empty when nothing is. */
export function logFaults(lines: readonly string[], rules: LogRules): string[] {
  return lines.flatMap((line) => {
    const why = faultOf(line, rules);
    return why === undefined ? [] : [`${why}: ${line}`];
  });
}

function faultOf(line: string, { secrets, expectedErrors }: LogRules): string | undefined {
  const entry = lineSchema.safeParse(parsed(line)).data;
  if (entry === undefined) return 'not a line of JSON';
  const secret = secrets.find((one) => line.includes(one));
  if (secret !== undefined) return `the secret ${secret}`;
  if (SIGNED_QUERY.test(line)) return 'a signed address';
  if (BUG.test(entry.msg)) return 'a bug';
  const isMeant = expectedErrors.some((pattern) => pattern.test(entry.msg));
  return entry.level >= ERROR_LEVEL && !isMeant ? 'an error that nobody expected' : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const payloadSchema = z.object({
  data: z.object({
    options: z.array(z.object({ name: z.string(), value: z.unknown() })),
  }),
});

/** As much of a prompt as tells it from other words; shorter ones are everyday words. */
const TELLING_CHARS = 24;
const SHORTEST_SECRET = 8;

/** The prompt of an interaction as a log would write it: as it is, and as JSON escapes it. */
export function promptSecrets(payload: unknown): string[] {
  const options = payloadSchema.safeParse(payload).data?.data.options ?? [];
  const value = options.find(({ name }) => name === 'prompt')?.value;
  if (typeof value !== 'string' || value.length < SHORTEST_SECRET) return [];
  const head = value.slice(0, TELLING_CHARS);
  return [...new Set([head, JSON.stringify(head).slice(1, -1)])];
}
