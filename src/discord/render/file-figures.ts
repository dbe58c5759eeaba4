const MIB = 1_048_576;

/** `image/jpeg` → `jpeg` */
export function shortType(mimeType: string): string {
  const name = mimeType.split('/')[1] ?? mimeType;
  return { quicktime: 'mov', mpeg: 'mp3' }[name] ?? name;
}

/** A size, rounded up. */
export function bytesText(bytes: number): string {
  const mebibytes = bytes / MIB;
  return mebibytes < 1 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.ceil(mebibytes * 10) / 10} MiB`;
}

/** A length, to a tenth of a second. */
export function roundSeconds(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
