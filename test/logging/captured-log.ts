import { createLogger, type Logger } from '../../src/logging/logger.ts';

interface CapturedLog {
  readonly log: Logger;
  /** Everything written so far. */
  readonly text: () => string;
  /** The lines so far, parsed as JSON. */
  readonly records: () => unknown[];
}

export function captureLog(options: Partial<Parameters<typeof createLogger>[0]> = {}): CapturedLog {
  const lines: string[] = [];
  const destination = { write: (line: string): void => void lines.push(line) };
  return {
    log: createLogger({ level: 'info', destination, ...options }),
    text: () => lines.join(''),
    records: () => lines.map((line): unknown => JSON.parse(line)),
  };
}
