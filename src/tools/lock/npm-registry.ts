import { z } from 'zod';
import { runCommand } from '../run-command.ts';
import type { Registry } from './complete-lock.ts';

const failure = z.object({ error: z.object({ code: z.string() }) });
const hash = z.string();

/** Queries the registry that npm is configured to use in this folder. */
export function createNpmRegistry(cwd: string): Registry {
  /** Runs `npm view`; `undefined` on 404. Throws on every other failure. */
  const view = async (spec: string, field: string): Promise<unknown> => {
    const { exit, stdout, stderr } = await runCommand('npm', ['view', spec, field, '--json'], {
      cwd,
      output: 'collect',
    });
    const answer: unknown = stdout.trim() === '' ? undefined : JSON.parse(stdout);
    if (exit === 0) return answer;
    const failed = failure.safeParse(answer);
    if (failed.success && failed.data.error.code === 'E404') return undefined;
    throw new Error(`npm view ${spec} ended with ${exit}:\n${stderr}`);
  };
  return {
    integrityOf: async (name, version) => {
      const answer = hash.safeParse(await view(`${name}@${version}`, 'dist.integrity'));
      return answer.success ? answer.data : undefined;
    },
    has: async (name, range) => (await view(`${name}@${range}`, 'version')) !== undefined,
  };
}
