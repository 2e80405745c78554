/** Documents that the language server is told of, by VS Code's language ids. */
export const LINTED_LANGUAGES = ['c', 'cpp', 'csharp', 'typescript', 'typescriptreact'] as const;
