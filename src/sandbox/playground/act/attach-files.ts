import type { MemberFile, OptionValue } from '../../../simulators/discord/actors/api.ts';
import { ClientRefusal } from '../../../simulators/discord/actors/context.ts';
import type { UploadedFile } from '../../../simulators/discord/rest/request.ts';
import type { FileInput, ModalInput, OptionInput, OptionInputs } from '../protocol/actions.ts';

type Files = readonly UploadedFile[];

/** Replaces the file numbers in a command's options by the uploaded files. */
export function attachFiles(options: OptionInputs, files: Files): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, input]) => [name, valueOf(input, files)] as const),
  );
}

/** Replaces the file numbers in a modal's fields by the uploaded files. */
export function attachModalFiles(
  values: Readonly<Record<string, ModalInput>>,
  files: Files,
): Record<string, string | boolean | readonly string[] | readonly MemberFile[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, input]) => [name, fieldOf(input, files)] as const),
  );
}

function valueOf(input: OptionInput, files: Files): OptionValue {
  return isFile(input) ? fileOf(input, files) : input;
}

function fieldOf(input: ModalInput, files: Files) {
  if (typeof input === 'string' || typeof input === 'boolean') return input;
  const chosen = input.filter((one) => typeof one !== 'string');
  return chosen.length > 0
    ? chosen.map((one) => fileOf(one, files))
    : input.filter((one) => typeof one === 'string');
}

function isFile(input: OptionInput): input is FileInput {
  return typeof input === 'object' && 'file' in input;
}

/** Returns the uploaded file of this number, with what the page measured. */
export function fileOf({ file, ...measured }: FileInput, files: Files): MemberFile {
  const found = files.find(({ index }) => index === String(file));
  if (found === undefined) throw new ClientRefusal(`files[${file}] is not in the form`);
  const { filename, contentType, bytes } = found;
  return { filename, contentType, bytes, ...measured };
}
