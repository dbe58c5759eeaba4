const KIB = 1024;

/** A size as Discord writes it, by 1024: 12 and `KB`. */
export function byteParts(bytes: number): { readonly amount: number; readonly unit: string } {
  if (bytes < KIB) return { amount: bytes, unit: 'bytes' };
  if (bytes < KIB * KIB) return { amount: Math.round(bytes / KIB), unit: 'KB' };
  return { amount: Math.round((bytes / KIB / KIB) * 10) / 10, unit: 'MB' };
}

/** `12 KB`, `1.4 MB`. */
export function byteText(bytes: number): string {
  const { amount, unit } = byteParts(bytes);
  return `${amount} ${unit}`;
}
