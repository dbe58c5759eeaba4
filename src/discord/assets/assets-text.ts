import type { NamedView } from '../../app/ports/named-assets-port.ts';
import { MAX_NAMED } from '../../domain/library/named-asset.ts';
import type { Standing } from '../../domain/library/asset-place.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { fitLines } from '../options/fit-lines.ts';
import { providerNameIn } from '../render/route-summary.ts';
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
  return providerNameIn(catalogue, id);
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
  const when = `<t:${Math.floor(asset.addedAt / SECOND_MS)}:R>`;
  const kind = [words.kinds[asset.kind], ...(asset.way === 'person' ? [words.person] : [])];
  return [
    `**${asset.name}** · ${kind.join(' · ')}`,
    ...[...places].map(([library, standing]) => `- ${placeText(library, standing, context)}`),
    words.addedBy(`<@${asset.memberId}>`, when),
    ...adviceFor(asset, [...places.values()], context),
  ].join('\n');
}

function statesText(places: NamedView['places'], { catalogue, messages }: AssetsContext): string[] {
  const { namedAssets: words } = messages;
  return [...places].map(([library, { place }]) =>
    words.place(providerOfLibrary(catalogue, library), words.places[place]),
  );
}

/** Where it stands in a library, and why it cannot be used there. */
function placeText(
  library: string,
  { place, why }: Standing,
  { catalogue, messages: { namedAssets: words } }: AssetsContext,
): string {
  const provider = providerOfLibrary(catalogue, library);
  return why === undefined
    ? words.place(provider, words.places[place])
    : words.placeFailed(provider, words.why[why]);
}

/** What the reviews of libraries say of a file, which people can do something about. */
const ABOUT_FILE = [
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'real-person',
] as const;

function adviceFor(
  { name, way }: NamedView['asset'],
  standings: readonly Standing[],
  { messages: { namedAssets: words, advice } }: AssetsContext,
): string[] {
  const failed = standings.filter(({ place }) => place === 'failed');
  const about = ABOUT_FILE.filter((known) => failed.some(({ category }) => category === known));
  return [
    ...(standings.some(({ place }) => place === 'lost') ? [words.uploadAnew(name)] : []),
    ...about.map((category) => advice[category]),
    ...(about.includes('real-person') && way === 'file' ? [words.asPerson] : []),
    ...(failed.length > 0 && about.length === 0 ? [words.tryAnother] : []),
  ];
}
