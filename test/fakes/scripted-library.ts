import type {
  DeleteAnswer,
  FileForLibrary,
  FindAnswer,
  LibraryPort,
  LookAnswer,
  UploadAnswer,
} from '../../src/app/ports/library-port.ts';

export interface ScriptedLibrary {
  readonly port: LibraryPort;
  readonly uploads: FileForLibrary[];
  /** The ids of looks and of deletions. */
  readonly looks: string[];
  readonly deletions: string[];
  /** What lies there, by the names of the uploads. */
  readonly there: Map<string, string>;
  /** Answers of the next of these; afterwards everything is taken, and usable at once. */
  readonly uploadAnswers: UploadAnswer[];
  readonly lookAnswers: LookAnswer[];
  readonly findAnswers: FindAnswer[];
  readonly deleteAnswers: DeleteAnswer[];
  /** The answer to an upload waits for it. */
  gate: Promise<void>;
  /** The answer to a look waits for it. */
  lookGate: Promise<void>;
}

/** A library that says what the test tells it. `lost` answers leave the medium there. */
export function scriptedLibrary(changes: Partial<LibraryPort> = {}): ScriptedLibrary {
  const scripted: ScriptedLibrary = {
    uploads: [],
    looks: [],
    deletions: [],
    there: new Map(),
    uploadAnswers: [],
    lookAnswers: [],
    findAnswers: [],
    deleteAnswers: [],
    gate: Promise.resolve(),
    lookGate: Promise.resolve(),
    port: {
      id: 'jimmy/full',
      fingerprint: 'key-1',
      hasGroups: false,
      takesPersons: false,
      canFind: true,
      canDelete: true,
      createGroup: async () => ({ kind: 'uploaded', id: 'group-1' }),
      async upload(file) {
        scripted.uploads.push(file);
        const id = `a-${scripted.uploads.length}`;
        const answer = scripted.uploadAnswers.shift() ?? ({ kind: 'uploaded', id } as const);
        if (answer.kind === 'uploaded' || answer.kind === 'lost') scripted.there.set(file.name, id);
        await scripted.gate;
        return answer;
      },
      async look({ id }) {
        scripted.looks.push(id);
        await scripted.lookGate;
        const isThere = [...scripted.there.values()].includes(id);
        return scripted.lookAnswers.shift() ?? { kind: isThere ? 'active' : 'missing' };
      },
      async find({ name }) {
        const id = scripted.there.get(name);
        return (
          scripted.findAnswers.shift() ??
          (id === undefined ? { kind: 'absent' } : { kind: 'found', id })
        );
      },
      async delete(id) {
        scripted.deletions.push(id);
        for (const [name, known] of scripted.there) if (known === id) scripted.there.delete(name);
        return scripted.deleteAnswers.shift() ?? { kind: 'gone' };
      },
      ...changes,
    },
  };
  return scripted;
}
