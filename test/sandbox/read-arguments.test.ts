import { describe, expect, it } from 'vitest';
import { VIDEO_OPTIONS } from '../../src/domain/routes/options.ts';
import { fileAt, readArguments } from '../../src/sandbox/read-arguments.ts';

describe('the arguments of the sandbox', () => {
  it.each([
    [[], undefined],
    [['--port', '8080'], 8080],
    [['--port', '0'], 0],
  ])('are the page at %j', (args, port) => {
    expect(readArguments(args)).toEqual({ kind: 'play', port });
  });

  it('are one job of no options with --demo', () => {
    expect(readArguments(['--demo'])).toEqual({
      kind: 'job',
      job: { options: {}, locale: 'en-US', out: 'clip.mp4' },
    });
  });

  it('are the options of /video, with dashes', () => {
    const args =
      '--prompt fox --model jimmy/sd2_mx --duration 5 --first-frame a/b.jpg --web-search';
    expect(readArguments([...args.split(' '), '--out', 'x.mp4', '--locale', 'zh-CN'])).toEqual({
      kind: 'job',
      job: {
        options: {
          prompt: 'fox',
          model: 'jimmy/sd2_mx',
          duration: 5,
          first_frame: { filename: 'b.jpg', path: 'a/b.jpg', contentType: 'image/jpeg' },
          web_search: true,
        },
        locale: 'zh-CN',
        out: 'x.mp4',
      },
    });
  });

  it.each([
    ['--sound', true],
    ['--no-sound', false],
  ])('switch with %s', (flag, sound) => {
    expect(readArguments([flag])).toMatchObject({ job: { options: { sound } } });
  });

  it.each(VIDEO_OPTIONS)('know --%s', (option) => {
    const flag = `--${option.replaceAll('_', '-')}`;
    const isSwitch = ['sound', 'web_search', 'watermark'].includes(option);
    const read = readArguments(isSwitch ? [flag] : [flag, '7']);
    expect(read).toMatchObject({ kind: 'job' });
    expect(read.kind === 'job' && Object.keys(read.job.options)).toEqual([option]);
  });

  it.each([
    [['--colour', 'red']],
    [['--prompt']],
    [['fox']],
    [['--sound=loud']],
    [['--port', 'high']],
    [['--port', '70000']],
    [['--port', '8080', '--demo']],
  ])('ask for help and say why at %j', (args) => {
    const read = readArguments(args);
    expect(read.kind).toBe('help');
    expect(read.kind === 'help' && read.error).toMatch(/\S/);
  });

  it('say which ports there are', () => {
    expect(readArguments(['--port', '70000'])).toEqual({
      kind: 'help',
      error: '--port must be a number from 0 to 65535',
    });
  });

  it('ask for help without a fault', () => {
    expect(readArguments(['--prompt', 'fox', '--help'])).toEqual({ kind: 'help' });
  });
});

describe('a file of the command line', () => {
  it.each([
    ['dir/a.PNG', 'a.PNG', 'image/png'],
    ['b.jpeg', 'b.jpeg', 'image/jpeg'],
    ['c.mov', 'c.mov', 'video/quicktime'],
    ['d.wav', 'd.wav', 'audio/wav'],
  ])('%s is %s of type %s', (path, filename, contentType) => {
    expect(fileAt(path)).toEqual({ filename, path, contentType });
  });

  it('of an unknown kind has no type', () => {
    expect(fileAt('notes')).toEqual({ filename: 'notes', path: 'notes' });
  });
});
