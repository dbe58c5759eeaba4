import type { IssueReason } from '../../domain/routes/request-issue.ts';
import type { MediaKind } from '../../domain/routes/options.ts';
import type { UnsupportedReason } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from './escape-user-text.ts';
import { bytesText, roundSeconds, shortType } from './file-figures.ts';

/** The texts of reasons without figures. */
const PLAIN = {
  'prompt-empty': 'promptEmpty',
  'frames-with-references': 'framesWithReferences',
  'last-needs-first': 'lastNeedsFirst',
  'last-not-taken': 'lastNotTaken',
  'frames-both-needed': 'framesBothNeeded',
  'audio-with-frames': 'audioWithFrames',
  'switch-not-taken': 'switchNotTaken',
  'web-search-with-media': 'webSearchWithMedia',
} as const satisfies Partial<Record<IssueReason['kind'], keyof Messages['refusal']>>;

/**
 * What is wrong with an option, and what the route accepts. Without the given value, files with the
 * same fault get the same text.
 */
// oxlint-disable-next-line complexity -- one line per reason; splitting the table would not make it simpler
export function reasonText(
  reason: IssueReason,
  messages: Messages,
  shown: 'whole' | 'without-given' = 'whole',
): string {
  const { refusal, units } = messages;
  const given = (text: string): string => (shown === 'whole' ? text : '…');
  switch (reason.kind) {
    case 'prompt-too-long':
      return refusal.promptTooLong(reason.given, reason.max);
    case 'duration':
    case 'duration-unreadable':
      return durationText(reason, messages);
    case 'resolution':
    case 'ratio':
      return valueText(reason, messages);
    case 'frames-not-taken':
      return reason.why === 'not-taken' ? refusal.framesNotTaken : refusal.assetLibraryOnly;
    case 'media-not-taken':
      return mediaNotTakenText(reason.media, reason.why, messages);
    case 'media-count':
      return refusal.count(reason.given, reason.max);
    case 'media-type':
      return typeText(reason, given, messages);
    case 'media-bytes':
      return refusal.bytes(given(bytesText(reason.given)), bytesText(reason.max));
    case 'media-total-bytes':
      return refusal.totalBytes(bytesText(reason.given), bytesText(reason.max));
    case 'media-seconds':
      return refusal.seconds(given(`${roundSeconds(reason.given)}`), reason.min, reason.max);
    case 'media-total-seconds':
      return refusal.totalSeconds(roundSeconds(reason.given), reason.max);
    case 'media-pixels':
      return refusal.pixels(given(`${reason.width}×${reason.height}`), reason.min, reason.max);
    case 'audio-alone':
      return refusal.audioAlone(units.or(reason.needs.map((need) => refusal.audioNeeds[need])));
    case 'prompt-empty':
    case 'frames-with-references':
    case 'last-needs-first':
    case 'last-not-taken':
    case 'frames-both-needed':
    case 'audio-with-frames':
    case 'switch-not-taken':
    case 'web-search-with-media':
      return refusal[PLAIN[reason.kind]];
    case 'names-unknown':
    case 'names-not-taken':
    case 'names-without-room':
    case 'names-elsewhere':
    case 'names-preparing':
    case 'names-failed':
    case 'names-lost':
      return namesText(reason, messages);
  }
}

/** What is wrong with names in the prompt, and how to write them as words. */
function namesText(
  { kind, names }: Extract<IssueReason, { names: readonly string[] }>,
  { namedAssets: { refused, asWords }, units }: Messages,
): string {
  const named = units.and(names.map((name) => `{${name}}`));
  const [example = ''] = names;
  return `${refused[kind](named)} ${asWords(`{{${example}}}`)}`;
}

function durationText(
  reason: Extract<IssueReason, { kind: 'duration' | 'duration-unreadable' }>,
  { refusal, units }: Messages,
): string {
  const { min, max, only } = reason;
  const accepted =
    only === undefined ? refusal.lengthsFromTo(min, max) : units.or(only.map(String));
  return reason.kind === 'duration'
    ? refusal.duration(reason.given, accepted)
    : refusal.durationUnreadable(escapeUserText(reason.given, 20), accepted);
}

function valueText(
  { kind, given, accepted, because }: Extract<IssueReason, { kind: 'resolution' | 'ratio' }>,
  { refusal, units }: Messages,
): string {
  const text = because === undefined ? refusal[kind] : refusal.value[because];
  return text(given, units.or(accepted));
}

function mediaNotTakenText(media: MediaKind, why: UnsupportedReason, messages: Messages): string {
  const { assetLibraryOnly, imageNotTaken, videoNotTaken, audioNotTaken } = messages.refusal;
  if (why === 'asset-library-only') return assetLibraryOnly;
  return { image: imageNotTaken, video: videoNotTaken, audio: audioNotTaken }[media];
}

function typeText(
  reason: Extract<IssueReason, { kind: 'media-type' }>,
  givenText: (text: string) => string,
  { refusal, units }: Messages,
): string {
  const given = givenText(
    reason.given === undefined ? refusal.unknownType : escapeUserText(reason.given, 60),
  );
  if (reason.accepted !== undefined) {
    return refusal.typeAccepted(given, units.or(reason.accepted.map(shortType)));
  }
  if (reason.refused !== undefined) {
    return refusal.typeRefused(given, units.or(reason.refused.map(shortType)));
  }
  const { notImage, notVideo, notAudio } = refusal;
  return { image: notImage, video: notVideo, audio: notAudio }[reason.media](given);
}
