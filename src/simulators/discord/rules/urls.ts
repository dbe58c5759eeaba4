import { textOf } from '../values.ts';
import { issue, required, type Issue, type Path } from './issue.ts';

const ATTACHMENT_SCHEME = 'attachment://';
const EMBED_IMAGE = /\.(?:jpe?g|png|webp|gif)$/iu;
const VIDEO = /\.(?:mp4|webm|mov|m4v|avi|mkv)$/iu;

/** A file of the message, as `attachment://` references use it. */
export interface KnownFile {
  readonly filename: string;
  readonly contentType: string;
}

/** Returns the file name in `attachment://NAME`, or `undefined` for other URLs. */
export function referencedFile(url: unknown): string | undefined {
  const text = textOf(url);
  return text?.startsWith(ATTACHMENT_SCHEME) === true
    ? text.slice(ATTACHMENT_SCHEME.length)
    : undefined;
}

function isVideo(file: KnownFile): boolean {
  return file.contentType.startsWith('video/') || VIDEO.test(file.filename);
}

export function checkScheme(url: unknown, path: Path, schemes: readonly string[]): Issue[] {
  const text = textOf(url);
  if (text === undefined || text === '') {
    return [required(path)];
  }
  const scheme = text.split('://')[0] ?? '';
  if (text.includes('://') && schemes.includes(scheme)) {
    return [];
  }
  const names = schemes.map((name) => `'${name}'`).join(', ');
  return [
    issue(
      path,
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${scheme}" is not supported. Scheme must be one of (${names}).`,
    ),
  ];
}

/** Checks that an `attachment://` URL names a file of the same message. */
export function checkReference(url: unknown, path: Path, files: readonly KnownFile[]): Issue[] {
  const name = referencedFile(url);
  if (name === undefined || files.some((file) => file.filename === name)) {
    return [];
  }
  return [
    issue(
      path,
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      'The referenced attachment could not be found',
    ),
  ];
}

/** Checks that a referenced file is an image; embeds and thumbnails show nothing else. */
export function checkImageReference(
  url: unknown,
  path: Path,
  files: readonly KnownFile[],
): Issue[] {
  const name = referencedFile(url);
  if (name === undefined) {
    return [];
  }
  const file = files.find((candidate) => candidate.filename === name);
  const wrong = !EMBED_IMAGE.test(name) || (file !== undefined && isVideo(file));
  return wrong
    ? [
        issue(
          path,
          'ATTACHMENT_INVALID_TYPE',
          'Only jpg, jpeg, png, webp and gif attachments may be shown here',
        ),
      ]
    : [];
}
