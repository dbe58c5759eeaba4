export type MediaKind = 'image' | 'video' | 'audio' | 'other';

/** Returns the kind of a file by its content type. */
export function mediaKind(contentType: string): MediaKind {
  const [kind] = contentType.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'other';
}
