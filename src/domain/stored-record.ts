import { z } from 'zod';

/**
 * The schema of a record of the store. It keeps fields that it does not know: while a version replaces
 * another one, both write the same records, and the older one must neither lose nor damage what the newer
 * one added. The type has no such fields. What is inside a record's fields may not be added to without a
 * new version of the store.
 */
export function storedRecord<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  // What a loose object may have beside its shape is of no known type, and nothing is to read it.
  const loose: z.ZodObject<Shape, z.core.$loose> = z.looseObject(shape);
  return loose;
}

/**
 * The record without what a newer version added to it, which may be of the person whose data is deleted.
 * The same one where nothing was.
 */
export function withoutUnknownFields<R extends object>(
  { shape }: Pick<z.ZodObject, 'shape'>,
  whole: R,
): R {
  const unknown = Object.keys(whole).filter((field) => !(field in shape));
  if (unknown.length === 0) return whole;
  const known = { ...whole };
  for (const field of unknown) Reflect.deleteProperty(known, field);
  return known;
}
