import { z } from 'zod';

const manifest = z.looseObject({});

/** What Node and a reader want to know of a finished folder: not how it is built, checked or tried. */
const KEPT = [
  'name',
  'version',
  'private',
  'description',
  'license',
  'type',
  'dependencies',
  'engines',
];

/** The bot's own package.json, out of the repository's. */
export function renderBotManifest(text: string): string {
  const all = Object.entries(manifest.parse(JSON.parse(text)));
  const kept = Object.fromEntries(all.filter(([key]) => KEPT.includes(key)));
  return `${JSON.stringify(kept, undefined, 2)}\n`;
}
