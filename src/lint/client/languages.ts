/** Documents that the language server is told of, by VS Code's language ids. */
export const LINTED_LANGUAGES = [
  'c',
  'cpp',
  'csharp',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'go',
  'rust',
  'powershell',
] as const;

/** On disk, or not saved yet; what other extensions show under schemes of their own is not linted. */
export const LINTED_DOCUMENTS = LINTED_LANGUAGES.flatMap((language) => [
  { scheme: 'file', language },
  { scheme: 'untitled', language },
]);
