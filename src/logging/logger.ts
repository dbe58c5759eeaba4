import { destination as openDestination, pino } from 'pino';
import type { Log } from '../app/ports/core.ts';
import type { Prettify } from './load-prettify.ts';
import { redactFields } from './redact-fields.ts';
import { redactText } from './redact.ts';

/** A log that can create children, which add fields to every line. */
export interface Logger extends Log {
  child(fields: object): Logger;
}

/** Receives lines, each with its line break. */
interface LogDestination {
  write(line: string): void;
}

interface LoggerOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** For lines that people read; without it, they are JSON. */
  readonly prettify?: Prettify | undefined;
  /** Default: standard output. */
  readonly destination?: LogDestination;
  /** Values that are masked anywhere in a line. */
  readonly secrets?: readonly string[];
}

/**
 * Creates the log of the process. Lines are written synchronously, so that none is lost at an exit.
 */
export function createLogger({
  level,
  prettify,
  destination,
  secrets = [],
}: LoggerOptions): Logger {
  const lines = destination ?? openDestination({ fd: 1, sync: true });
  const output = prettify === undefined ? lines : prettyLines(lines, prettify);
  // pino's own serializer of `err` would repeat the causes, which are already written out.
  const serializers = { err: (err: unknown) => err };
  return redacting(pino({ level, serializers }, output), secrets);
}

const METHODS = ['debug', 'info', 'warn', 'error'] as const;

function redacting(log: pino.Logger, secrets: readonly string[]): Logger {
  const write =
    (method: (typeof METHODS)[number]) =>
    (fields: object, message: string): void => {
      if (!log.isLevelEnabled(method)) return;
      log[method](readFields(fields, secrets), redactText(message, secrets));
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => redacting(log.child(readFields(fields, secrets)), secrets),
  };
}

/** A getter of an error object may throw, and a log line must not end a task. */
function readFields(fields: object, secrets: readonly string[]): Record<string, unknown> {
  try {
    return redactFields(fields, secrets);
  } catch {
    return { fields: '[unreadable]' };
  }
}

/** Not pino-pretty's own stream, which writes later and would lose lines at an exit. */
function prettyLines(destination: LogDestination, prettify: Prettify): LogDestination {
  return {
    write(line) {
      destination.write(prettify(line));
    },
  };
}
