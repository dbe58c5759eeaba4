const KIB = 1024;

/** `12 KB`, `1.4 MB`, as Discord writes sizes (by 1024). */
export function byteText(bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`;
  if (bytes < KIB * KIB) return `${(bytes / KIB).toFixed(0)} KB`;
  return `${(bytes / KIB / KIB).toFixed(1).replace('.0', '')} MB`;
}
