import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderStageGraph } from '../../domain/tasks/stage-graph.ts';

const DOCUMENT = 'docs/developers/architecture.md';
const DIAGRAM = /(?<=<!-- states -->\n\n```mermaid\n)[\s\S]*?(?=\n```)/;

/** Writes the diagram of a task's stages into the architecture document; with `--check` it only compares. */
async function main(cwd: string, [option]: readonly string[]): Promise<number> {
  const path = join(cwd, DOCUMENT);
  const text = await readFile(path, 'utf8');
  const updated = text.replace(DIAGRAM, () => renderStageGraph());
  if (updated === text) return 0;
  if (option === '--check') {
    process.stderr.write(`${DOCUMENT} is not as the stages are: npm run state-picture\n`);
    return 1;
  }
  await writeFile(path, updated);
  return 0;
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
