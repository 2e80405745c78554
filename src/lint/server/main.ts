/** Entry of the language server's process: it speaks by node-ipc, standard input and output, a pipe or a socket. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadInstalledGrammars } from '../grammars.ts';
import { serve } from './server.ts';

serve(createConnection(ProposedFeatures.all), loadInstalledGrammars);
