import type { FileInput, ModalInput } from '../../playground/protocol/actions.ts';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import { numberField, objectField, objectsField, textField } from '../message/api-fields.ts';
import { COMPONENT, SELECTS } from '../../../simulators/discord/component-types.ts';
import { pickFile } from '../composer/picked-file.ts';

/** An input of a modal with its label and description. */
export interface LabelledInput {
  readonly input: ApiObject;
  readonly label: string;
  readonly description: string | undefined;
}

/** Returns the inputs of a top-level modal component: a label, or a row in the older format. */
export function inputsOf(top: ApiObject): readonly LabelledInput[] {
  const labelled = objectField(top, 'component');
  if (labelled !== undefined) {
    return [
      {
        input: labelled,
        label: textField(top, 'label') ?? '',
        description: textField(top, 'description'),
      },
    ];
  }
  return objectsField(top, 'components').map((input) => ({
    input,
    label: textField(input, 'label') ?? '',
    description: undefined,
  }));
}

/** The submitted values and files of a modal. */
export interface ModalSubmission {
  readonly values: Readonly<Record<string, ModalInput>>;
  readonly files: readonly File[];
}

/** Reads the form's values by custom id; files are measured and numbered. */
export async function readSubmission(modal: ApiObject, form: FormData): Promise<ModalSubmission> {
  const values: Record<string, ModalInput> = {};
  const files: File[] = [];
  for (const { input } of objectsField(modal, 'components').flatMap(inputsOf)) {
    const name = textField(input, 'custom_id') ?? '';
    const given = form.getAll(name);
    const texts = given.filter((value): value is string => typeof value === 'string');
    const type = numberField(input, 'type');
    if (type === COMPONENT.fileUpload) {
      const inputs: FileInput[] = [];
      for (const file of given.filter(
        (value): value is File => value instanceof File && value.size > 0,
      )) {
        inputs.push(await toFileInput(file, files.length));
        files.push(file);
      }
      values[name] = inputs;
    } else if (type === COMPONENT.checkbox) values[name] = given.length > 0;
    else if (SELECTS.includes(type ?? 0) || type === COMPONENT.checkboxGroup) {
      values[name] = texts.filter((text) => text !== '');
    } else if (texts[0] !== undefined) [values[name]] = texts;
  }
  return { values, files };
}

async function toFileInput(file: File, at: number): Promise<FileInput> {
  const { file: _, preview, ...measures } = await pickFile(file);
  URL.revokeObjectURL(preview);
  return { file: at, ...measures };
}
