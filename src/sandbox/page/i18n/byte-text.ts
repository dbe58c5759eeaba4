const KIB = 1024;

/** Splits a size as Discord shows it, with 1 KB = 1024 bytes: 12 and `KB`. */
export function byteParts(bytes: number): { readonly amount: number; readonly unit: string } {
  if (bytes < KIB) return { amount: bytes, unit: 'bytes' };
  if (bytes < KIB * KIB) return { amount: Math.round(bytes / KIB), unit: 'KB' };
  return { amount: Math.round((bytes / KIB / KIB) * 10) / 10, unit: 'MB' };
}

/** Formats a size as `12 KB` or `1.4 MB`. */
export function byteText(bytes: number): string {
  const { amount, unit } = byteParts(bytes);
  return `${amount} ${unit}`;
}
