import type { UnfitFile } from '../../app/ports/named-assets-port.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { UnfitReason } from '../../domain/library/file-limits.ts';
import type { Messages } from '../messages/en.ts';
import { bytesText, roundSeconds, shortType } from '../render/file-figures.ts';
import { escapeUserText } from '../render/escape-user-text.ts';
import { providerOfLibrary } from './assets-text.ts';

/** Which libraries do not take a file, and why: a line for each. */
export function unfitText(
  unfit: readonly UnfitFile[],
  { catalogue, messages }: { readonly catalogue: Catalogue; readonly messages: Messages },
): string {
  const { namedAssets: words } = messages;
  return unfit
    .map(({ library, reasons }) =>
      words.unfitAt(
        providerOfLibrary(catalogue, library),
        words.unfitReasons(reasons.map((reason) => reasonOfFile(reason, messages))),
      ),
    )
    .join('\n');
}

function reasonOfFile(
  reason: UnfitReason,
  { namedAssets: { unfit: words }, units, refusal }: Messages,
): string {
  switch (reason.kind) {
    case 'media-type': {
      const given = escapeUserText(reason.given ?? refusal.unknownType, 60);
      return words.type(given, units.or((reason.accepted ?? []).map(shortType)));
    }
    case 'media-bytes':
      return words.bytes(bytesText(reason.given), bytesText(reason.max));
    case 'media-seconds':
      return words.seconds(roundSeconds(reason.given), reason.min, reason.max);
    case 'media-pixels':
      return words.pixels(`${reason.width}×${reason.height}`, reason.min, reason.max);
    case 'media-aspect':
      return words.aspect(`${reason.width}×${reason.height}`, reason.min, reason.max);
  }
}
