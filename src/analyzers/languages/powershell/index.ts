/** PowerShell. */
import type { FrontEnd } from '../front-end.ts';
import { outlinePowerShell } from './outline.ts';

export const POWERSHELL: FrontEnd = {
  dialect: 'powershell',
  grammar: 'tree-sitter-powershell',
  outline: outlinePowerShell,
};
