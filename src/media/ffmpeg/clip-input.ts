/**
 * The arguments by which ffmpeg reads an mp4 from the disk and nothing else: never a playlist, an
 * address or another file that the clip names, one thread, no picture that would fill the memory.
 */
export function clipInput(path: string, seek: readonly string[] = []): string[] {
  return [
    '-nostdin',
    '-hide_banner',
    '-nostats',
    '-max_alloc',
    String(512 * 1024 * 1024),
    '-protocol_whitelist',
    'file,pipe',
    '-threads',
    '1',
    ...seek,
    // The format is named, so that it is not guessed from the content.
    '-f',
    'mov',
    '-i',
    `file:${path}`,
  ];
}
