/** `section-leaks/eslint`: the plugin as ESLint imports it, once the grammars are loaded. */
import { loadScriptGrammars } from './grammars.ts';
import { createPlugin } from './plugin.ts';

export default createPlugin(await loadScriptGrammars());
