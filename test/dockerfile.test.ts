import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage, one line each, without comments. */
function parseDockerfile(text: string): Instruction[][] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^\s*([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, text: rest });
  }
  return stages;
}

const STAGES = parseDockerfile(readFileSync(join(projectRoot(), 'Dockerfile'), 'utf8'));
const [BUILD = [], LAST = []] = STAGES;
const texts = (stage: readonly Instruction[], name: string): string[] =>
  stage.filter((one) => one.name === name).map(({ text }) => text);

describe('the image', () => {
  it('names one major of Node in every stage', () => {
    const bases = STAGES.flatMap((stage) => texts(stage, 'FROM')).map((text) => text.split(' ')[0]);
    expect(bases).toEqual(['node:24-slim', 'node:24-slim']);
  });

  it('builds sqlite3 from its sources, by tools of the build stage alone', () => {
    const [env = ''] = texts(BUILD, 'ENV');
    expect(env).toContain('npm_config_build_from_source=sqlite3');
    expect(env).toContain('npm_config_nodedir=/usr/local');
    const [tools = '', install = ''] = texts(BUILD, 'RUN');
    for (const tool of ['python3', 'make', 'g++']) expect(tools.split(' ')).toContain(tool);
    expect(install).toMatch(/^npm ci /);
    const setAt = BUILD.findIndex(({ name }) => name === 'ENV');
    expect(setAt).toBeLessThan(BUILD.findIndex(({ text }) => text === install));
    const last = texts(LAST, 'RUN').filter((text) => /apt-get|npm|npx/.test(text));
    expect(last).toEqual([expect.stringMatching(/--no-install-recommends ffmpeg && rm -rf/)]);
  });

  it('knows every workspace when it installs', () => {
    const { workspaces } = z
      .object({ workspaces: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')));
    const install = BUILD.findIndex(({ text }) => text.startsWith('npm ci '));
    const before = texts(BUILD.slice(0, install), 'COPY');
    for (const path of workspaces) expect(before).toContain(`${path}/package.json ${path}/`);
  });

  it('has in the end the folder that runs as the bot, and nothing else of the build', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')));
    const made = texts(BUILD, 'RUN').at(-1) ?? '';
    for (const [, script = ''] of made.matchAll(/npm run (\S+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
    expect(made).toBe('npm run image -- /app/bot');
    expect(texts(LAST, 'COPY')).toEqual([
      '--from=build /app/bot/node_modules ./node_modules',
      '--from=build /app/bot/package.json /app/bot/LICENSE ./',
      '--from=build /app/bot/dist ./dist',
    ]);
  });

  it('has the code compiled by the user who runs it, in a start that ends for lack of settings', () => {
    const folder = LAST.findIndex(({ text }) => text.endsWith(' dist/src/compiled'));
    const user = LAST.findIndex(({ name }) => name === 'USER');
    const start = LAST.findIndex(({ text }) => text.startsWith('node dist/src/main.js '));
    expect(LAST[start]?.text).toBe('node dist/src/main.js 2> /dev/null || [ $? -eq 78 ]');
    expect([folder, user, start].toSorted((a, b) => a - b)).toEqual([folder, user, start]);
    expect(folder).toBeGreaterThan(0);
  });

  it('runs Node itself as an unprivileged user', () => {
    expect(texts(LAST, 'USER')).toEqual(['node']);
    expect(texts(LAST, 'CMD')).toEqual(['["node", "dist/src/main.js"]']);
  });
});
