/** The provider as the page sees it: messages of the panel's protocol both ways. */
import type { FromView, ToView } from '../protocol.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromView): void };

const api = acquireVsCodeApi();

export function send(message: FromView): void {
  api.postMessage(message);
}

export function receive(take: (message: ToView) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToView>) => {
    take(data);
  });
}
