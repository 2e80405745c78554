/**
 * The page of the panel's webview. Its content security policy lets it run one script, read one folder's style sheets,
 * and nothing else: no inline style, no image, no connection.
 */
import { randomBytes } from 'node:crypto';

export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The webview's own source for the policy. */
  readonly styleSource: string;
}

export function panelPage({ script, style, styleSource }: PageParts): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${styleSource}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Sections</title>
    <link rel="stylesheet" href="${style}" />
    <script defer nonce="${nonce}" src="${script}"></script>
  </head>
  <body>
    <section-panel></section-panel>
  </body>
</html>
`;
}
