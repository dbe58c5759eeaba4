import { z } from 'zod';
import type { BotLine } from '../protocol/panel.ts';

const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string() });

/** Pino's level names by number. */
const LEVELS: ReadonlyMap<number, string> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** Parses a line of the bot's log; a line that is no pino JSON is kept as plain text. */
export function renderBotLine(id: number, line: string, nowMs: number): BotLine {
  const read = lineSchema.safeParse(parse(line));
  if (!read.success) return { id, level: 'info', message: line, fields: {}, at: nowMs };
  const { level, time, msg, pid: _pid, hostname: _hostname, ...fields } = read.data;
  return { id, level: LEVELS.get(level) ?? String(level), message: msg, fields, at: time };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
