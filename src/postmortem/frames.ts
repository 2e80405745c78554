/** Stacks as people read them: the frame that stands for a stack, and whether it makes a section or unmaps a view. */
import type { Frame, Stack } from './recording.ts';

/** Calls stand near the top; further down the names are those of callers, who may be called anything. */
const TOP_FRAMES = 16;

const CREATES =
  /CreateFileMapping|[NZ][tw]CreateSection|MemoryMappedFile\.(?:CreateNew|CreateCore|CreateOrOpen|CreateFromFile)|CreateToolhelp32Snapshot/u;
const UNMAPS = /UnmapViewOf(?:File|Section)|SafeMemoryMappedViewHandle\.ReleaseHandle/u;
/** The system's and the runtime's: no program is called so. */
const SYSTEM =
  /^(?:(?:ntdll|kernelbase|kernel32|wow64\w*|verifier|vfbasics|vrfcore|clr|coreclr|clrjit|mscorwks|ntoskrnl|nt|user32|ucrtbase|msvcrt|mscoreei|hostpolicy|hostfxr)(?:\.(?:dll|exe|sys))?[!+]|mscorlib|System\.|Microsoft\.Win32\.|Interop[.+]|\[|DomainNeutralILStubClass|DomainBoundILStubClass|IL_STUB|\(Inline Function\)|0x)/iu;

export function createsSection(stack: Stack): boolean {
  return stack.slice(0, TOP_FRAMES).some(({ text }) => CREATES.test(text));
}

export function unmapsView(stack: Stack): boolean {
  return stack.slice(0, TOP_FRAMES).some(({ text }) => UNMAPS.test(text));
}

/** The innermost frame of the program; the innermost of all where none is the program's. */
export function siteOf(stack: Stack): Frame | null {
  const own = stack.filter(({ text }) => !SYSTEM.test(text));
  return own.find(({ source }) => source !== null) ?? own[0] ?? stack[0] ?? null;
}

/** `PageFileAllocator.cs:60  PageFileAllocator.Allocate(Int64)`. */
export function frameLabel({ text, source }: Frame): string {
  return source === null ? text : `${fileName(source.file)}:${source.line}  ${text}`;
}

/** The same for stacks that are alike, whatever the rest of the stack is. */
export function stackKey(stack: Stack): string {
  return stack.map(frameLabel).join('\n');
}

/** Of the end of a line in a stack: `app!Fill+0x1f [C:\src\app.cpp @ 42]`, `Cache.Fill() [C:\src\Cache.cs @ 42]`. */
export function frameOf(text: string): Frame {
  const [whole, file, line] = /\s*\[([^[\]]+?)(?: @ |:line |:)(\d+)\]\s*$/u.exec(text) ?? [];
  return whole === undefined || file === undefined
    ? { text: text.trim(), source: null }
    : { text: text.slice(0, text.length - whole.length).trim(), source: { file, line: Number(line) } };
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}
