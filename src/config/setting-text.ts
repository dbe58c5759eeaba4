import { z } from 'zod';
import type { ConfigFault } from './config-fault.ts';

/** The environment variables of a process, or the settings of a file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the trimmed texts of the settings that are set. An empty setting counts as not set. */
export function presentTexts(env: Environment, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, env[name]?.trim() ?? ''] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** Options of a zod refinement: the problem and the advice. Only the first refinement that fails is reported. */
export const problem = (error: string, advice: string) => ({
  error,
  params: { advice },
  abort: true,
});

/** Parses a text with `read`; it is a problem when `read` returns `undefined`. */
export function parsedBy<T>(
  read: (text: string) => T | undefined,
  { error, params }: ReturnType<typeof problem>,
) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: error, params });
    return z.NEVER;
  });
}

const CORRECT_IT = 'Correct it, or leave it out for the default';

/** A problem whose only advice is to correct the value. */
export const invalidValue = (error: string) => problem(error, CORRECT_IT);

/** Converts zod issues into faults. Missing settings are reported elsewhere. */
export function faultsIn({ issues }: z.ZodError): ConfigFault[] {
  return issues.flatMap((issue) =>
    issue.code === 'custom'
      ? [
          {
            name: issue.path.join('.'),
            problem: issue.message,
            advice: String(issue.params?.['advice']),
          },
        ]
      : [],
  );
}
