import type { ApiObject } from '../../playground/protocol/messages.ts';

// Read fields of Discord's JSON; `undefined` or empty if the field is missing or of another type.

export function textField(object: ApiObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberField(object: ApiObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' ? value : undefined;
}

export function objectField(object: ApiObject, name: string): ApiObject | undefined {
  const value = object[name];
  return isApiObject(value) ? value : undefined;
}

export function objectsField(object: ApiObject, name: string): readonly ApiObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isApiObject) : [];
}

export function listField(object: ApiObject, name: string): readonly string[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isApiObject(value: unknown): value is ApiObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
