import { z } from 'zod';
import type { ConfigFault } from './config-fault.ts';

/** The variables a process was started with, or a file's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Of these settings what is set, trimmed; an empty one is not. */
export function textsOf(env: Environment, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, env[name]?.trim() ?? ''] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** For a refinement: what is wrong, and what to do. Of several the first one that fails counts. */
export const wrong = (error: string, todo: string) => ({ error, params: { todo }, abort: true });

/** What a text means where `read` makes something of it. */
export function meaning<T>(
  read: (text: string) => T | undefined,
  { error, params }: ReturnType<typeof wrong>,
) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: error, params });
    return z.NEVER;
  });
}

const CORRECT_IT = 'Correct it, or leave it out for the default';

/** The same where all there is to do is to correct the value. */
export const wrongValue = (error: string) => wrong(error, CORRECT_IT);

/** What is wrong with the texts that are set. Of what is missing there is no fault here. */
export function faultsIn({ issues }: z.ZodError): ConfigFault[] {
  return issues.flatMap((issue) =>
    issue.code === 'custom'
      ? [{ name: issue.path.join('.'), wrong: issue.message, todo: String(issue.params?.['todo']) }]
      : [],
  );
}
