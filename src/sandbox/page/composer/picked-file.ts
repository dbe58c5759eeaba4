import type { FileInput } from '../../playground/protocol/actions.ts';
import { mediaKind } from '../i18n/media-kind.ts';

/** A file chosen for an option, with the measurements that Discord's clients take. */
export interface PickedFile {
  readonly file: File;
  /** A `blob:` URL of the file. */
  readonly preview: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
}

/** Measures a file; without measurements if the browser cannot read it. */
export async function pickFile(file: File): Promise<PickedFile> {
  const preview = URL.createObjectURL(file);
  const kind = mediaKind(file.type);
  const measures =
    kind === 'image'
      ? await measureImage(file)
      : kind === 'other'
        ? {}
        : await measureMedia(preview, kind);
  return { file, preview, ...measures };
}

/** Returns the reference to the file in a request, with its measurements. */
export function fileInput(file: number, picked: PickedFile): FileInput {
  const { width, height, durationSeconds } = picked;
  return {
    file,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
}

type Measures = Pick<PickedFile, 'width' | 'height' | 'durationSeconds'>;

async function measureImage(file: File): Promise<Measures> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    return {};
  }
}

async function measureMedia(address: string, kind: 'video' | 'audio'): Promise<Measures> {
  const media = document.createElement(kind);
  media.preload = 'metadata';
  return await new Promise((resolve) => {
    media.addEventListener('error', () => {
      resolve({});
    });
    media.addEventListener('loadedmetadata', () => {
      const length = Number.isFinite(media.duration) ? { durationSeconds: media.duration } : {};
      const size =
        media instanceof HTMLVideoElement && media.videoWidth > 0
          ? { width: media.videoWidth, height: media.videoHeight }
          : {};
      resolve({ ...length, ...size });
    });
    media.src = address;
  });
}
