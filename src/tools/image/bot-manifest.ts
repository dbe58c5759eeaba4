import { z } from 'zod';

const manifest = z.looseObject({});

/** The fields that a built folder needs; not those for building, linting and testing. */
const KEPT_FIELDS = ['name', 'version', 'private', 'description', 'license', 'type', 'engines'];

/** Renders the bot's package.json from that of the repository, with what the bot depends on. */
export function renderBotManifest(
  text: string,
  dependencies: Readonly<Record<string, string>>,
): string {
  const all = Object.entries(manifest.parse(JSON.parse(text)));
  const kept = Object.fromEntries(all.filter(([key]) => KEPT_FIELDS.includes(key)));
  return `${JSON.stringify({ ...kept, dependencies }, undefined, 2)}\n`;
}
