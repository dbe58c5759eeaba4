/** Renders a line of JSON for a person at a terminal. */
export type Prettify = (line: string) => string;

/** Loads what renders lines, which only a person at a terminal needs. */
export async function loadPrettify(): Promise<Prettify> {
  const { prettyFactory } = await import('pino-pretty');
  return prettyFactory({ ignore: 'pid,hostname', colorize: process.stdout.isTTY });
}
