import type { ProviderDescriptor } from '../descriptor.ts';

/** The names of the settings that switch a provider's libraries on. */
export function switchesOf({ libraries = [] }: ProviderDescriptor): string[] {
  return libraries.flatMap(({ switchedBy }) => (switchedBy === undefined ? [] : [switchedBy]));
}
