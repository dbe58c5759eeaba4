import type { NamedView } from '../../app/ports/named-assets-port.ts';
import { MAX_NAMED } from '../../domain/library/named-asset.ts';
import type { Place } from '../../domain/library/asset-place.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { fitLines } from '../options/fit-lines.ts';
import type { PlainMessage } from '../replies.ts';
import { textFile } from '../second/read-or-answered.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { Messages } from '../messages/en.ts';

/** What the names of providers and states are read from. */
interface AssetsContext {
  readonly catalogue: Catalogue;
  readonly messages: Messages;
}

/** The provider of a library, as people know it. */
export function providerOfLibrary(catalogue: Catalogue, library: string): string {
  const [id = ''] = library.split('/');
  return findProvider(catalogue, id)?.name ?? id;
}

/** All named media of a server, a line each. */
export function assetListText(
  views: readonly NamedView[],
  context: AssetsContext,
): string | PlainMessage {
  const { namedAssets: words } = context.messages;
  if (views.length === 0) return words.none;
  const lines = views.map(({ asset, places }) =>
    words.line(asset.name, words.kinds[asset.kind], statesText(places, context).join(' · ')),
  );
  const head = words.title(views.length, MAX_NAMED);
  const { text, left } = fitLines(lines, { head, more: words.more });
  if (left === 0) return text;
  return { content: text, files: [textFile('assets.txt', lines.join('\n'))] };
}

/** One of them, and what can be done where it cannot be used. */
export function assetText({ asset, places }: NamedView, context: AssetsContext): string {
  const { namedAssets: words } = context.messages;
  const states = Object.values(places);
  const when = `<t:${Math.floor(asset.addedAt / SECOND_MS)}:R>`;
  const kind = [words.kinds[asset.kind], ...(asset.way === 'person' ? [words.person] : [])];
  return [
    `**${asset.name}** · ${kind.join(' · ')}`,
    ...statesText(places, context).map((line) => `- ${line}`),
    words.addedBy(`<@${asset.memberId}>`, when),
    ...(states.includes('lost') ? [words.uploadAnew(asset.name)] : []),
    ...(states.includes('failed') ? [words.tryAnother] : []),
  ].join('\n');
}

function statesText(
  places: Readonly<Record<string, Place>>,
  { catalogue, messages: { namedAssets: words } }: AssetsContext,
): string[] {
  return Object.entries(places).map(([library, place]) =>
    words.place(providerOfLibrary(catalogue, library), words.places[place]),
  );
}
