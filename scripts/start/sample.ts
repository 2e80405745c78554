/**
 * The leaking sample as a running program: the C# one where a .NET SDK builds it, else the C one, else the Node one. It
 * is read as it prints, so that its own figures can stand beside the monitor's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env, execPath, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { endWithUs, run } from '../setup/processes.ts';
import { findCCompiler, findDotnet } from '../setup/programs.ts';

/** A sample that can be started, and the file that the lint says leaks. */
interface Program {
  readonly source: string;
  readonly command: readonly [program: string, ...parameters: string[]];
  readonly environment?: NodeJS.ProcessEnv;
}

export interface RunningSample extends Disposable {
  readonly pid: number;
  /** Relative to the repository. */
  readonly source: string;
  /** Resolves once it has made all its sections and waits; false where it does not come to that in time. */
  whenHolding(): Promise<boolean>;
  /** The last figures that it printed of itself. */
  printed(): { readonly sections: number; readonly bytes: number };
}

const SAMPLES = join('test', 'samples');
/** Each section as large and as many as in the samples' own documentation; all are made within ten seconds. */
const OPTIONS = ['--count', '24', '--bytes', '16MiB', '--pause', '300', '--hold', '120'];
const HOLDING_SECONDS = 60;

/** In the order of preference; a sentence where the sample cannot be had. */
const LANGUAGES: readonly (() => Program | Promise<Program | string>)[] = [buildCSharp, buildC, provideNode];

/** @throws where not even the Node sample starts */
export async function startSample(): Promise<RunningSample> {
  for (const build of LANGUAGES) {
    const program = await build();
    if (typeof program !== 'string') {
      return start(program);
    }
    stdout.write(`Left out: ${program}.\n`);
  }
  throw new Error('no sample could be built');
}

async function buildCSharp(): Promise<Program | string> {
  const dotnet = findDotnet();
  if (dotnet === undefined) {
    return 'the C# sample, because there is no .NET SDK (dotnet is not on PATH)';
  }
  const project = join(SAMPLES, 'csharp', 'PageFileAllocator');
  stdout.write(`Building the C# sample with ${dotnet}: half a minute the first time.\n`);
  // Without build servers, which would outlive us.
  const parameters = ['build', project, '--nologo', '-v', 'quiet', '-nodeReuse:false', '-p:UseSharedCompilation=false'];
  const environment = { ...env, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
  const { code } = await run(dotnet, parameters, { environment });
  if (code !== 0) {
    return 'the C# sample, because dotnet build failed, see above (it needs the .NET SDK 10)';
  }
  return {
    source: join(project, 'PageFileAllocator.cs'),
    command: [join(project, 'bin', 'Debug', 'net10.0', 'PageFileAllocator')],
    // A program that dotnet has built looks for .NET in fixed places only.
    environment: { ...environment, DOTNET_ROOT: env.DOTNET_ROOT ?? dirname(realpathSync(dotnet)) },
  };
}

async function buildC(): Promise<Program | string> {
  const compiler = findCCompiler();
  if (compiler === undefined) {
    return 'the C sample, because there is no C compiler (gcc, clang or cc on PATH)';
  }
  const source = join(SAMPLES, 'c', 'page_file_allocator.c');
  const program = join('test-results', 'samples', 'page_file_allocator');
  mkdirSync(dirname(program), { recursive: true });
  stdout.write(`Building the C sample with ${compiler}.\n`);
  const { code } = await run(compiler, ['-g', '-O1', '-o', program, source]);
  return code === 0 ? { source, command: [program] } : 'the C sample, because the compiler failed, see above';
}

function provideNode(): Program {
  const source = join(SAMPLES, 'typescript', 'page-file-allocator.ts');
  return { source, command: [execPath, source] };
}

function start({ source, command: [program, ...parameters], environment }: Program): RunningSample {
  const child = spawn(program, [...parameters, ...OPTIONS], {
    detached: true,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid === undefined) {
    throw new Error(`${program} did not start`);
  }
  const end = endWithUs(child.pid);
  let printed = { sections: 0, bytes: 0 };
  const holding = new Promise<boolean>((resolve) => {
    onLine(child, (line) => {
      printed = figuresOf(line) ?? printed;
      if (line.startsWith('holding ')) {
        resolve(true);
      }
    });
    child.once('close', () => {
      resolve(false);
    });
  });
  return {
    pid: child.pid,
    source,
    whenHolding: () => Promise.race([holding, delay(HOLDING_SECONDS * 1000, false, { ref: false })]),
    printed: () => printed,
    [Symbol.dispose]: end,
  };
}

function onLine(child: ChildProcess, read: (line: string) => void): void {
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', read);
  }
}

/** `sections  24     402,653,184 bytes   Shmem ...` */
function figuresOf(line: string): { sections: number; bytes: number } | undefined {
  const [, sections, bytes] = /^sections +(\d+) +([\d,]+) bytes/u.exec(line) ?? [];
  return sections === undefined || bytes === undefined
    ? undefined
    : { sections: Number(sections), bytes: Number(bytes.replaceAll(',', '')) };
}
