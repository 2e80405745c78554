/** Loads libraries of the operating system by koffi, which is itself loaded on demand. */

/** A function of a library, as koffi makes it of a C declaration. */
export interface NativeLibrary {
  func(declaration: string): unknown;
}

export interface LibraryLoader {
  (file: string): NativeLibrary;
  /** Where a buffer lies in memory. */
  addressOf(buffer: Buffer): bigint;
}

/** @returns the reason where koffi is not installed, or has no build for this machine */
export async function loadKoffi(): Promise<LibraryLoader | { readonly reason: string }> {
  try {
    const { default: koffi } = await import('koffi');
    return Object.assign((file: string) => loadLibrary(koffi, file), {
      addressOf: (buffer: Buffer) => koffi.address(buffer),
    });
  } catch (error) {
    return { reason: `koffi does not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** koffi does not say which library it was. */
function loadLibrary(koffi: { load(file: string): NativeLibrary }, file: string): NativeLibrary {
  try {
    return koffi.load(file);
  } catch (error) {
    throw new Error(`${file} does not load: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
