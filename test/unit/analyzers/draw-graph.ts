/**
 * Draws a flow graph as compact text, for tests that show the graph beside the code:
 *
 *     Cache.Fill(name: string)
 *     0 !2:                                  block 0; an exception of its calls goes on at block 2
 *       map = MemoryMappedFile.CreateNew(name, null)
 *       S.Map|Map.Dispose()                  a receiver, or else a qualifier
 *       S.files.[] <- map                    assignment
 *       if map is null -> 1 else 3           the condition's source text follows where the location does not show it
 *     1:
 *       return map
 *     captured map
 *
 * Only reachable blocks are drawn, numbered in the order in which control can first come to them. What the builder
 * splits only for its own sake is joined: an empty block that goes on elsewhere, and a block with one way in. Locals
 * are drawn by their names (`map`, a second one of the same name `map'2`), temporaries as t1, t2 in order.
 */
import type {
  Block,
  CallEvent,
  FlowEvent,
  FunctionGraph,
  Location,
  Operand,
  Terminator,
} from '../../../src/analyzers/flow/graph.ts';

export function drawGraph(graph: FunctionGraph): string {
  const names = new Names(graph);
  const blocks = joined(graph.blocks);
  const order = reachable(blocks);
  const numbers = new Map(order.map((id, index) => [id, index]));
  const number = (id: number): string => String(numbers.get(id));
  const parameters = graph.parameters.map(
    ({ location, type }) => names.draw(location) + (type === undefined ? '' : `: ${type}`),
  );
  const lines = [`${graph.qualifiedName}(${parameters.join(', ')})`];
  for (const id of order) {
    const block = blocks[id]!;
    lines.push(`${number(id)}${handlerOf(block) === undefined ? '' : ` !${number(block.handler!)}`}:`);
    lines.push(...block.events.map((event) => `  ${drawEvent(event, names)}`));
    lines.push(`  ${drawEnd(block.end, names, number)}`);
  }
  if (graph.captured.size > 0) {
    lines.push(`captured ${[...graph.captured.keys()].map((location) => names.draw(location)).join(', ')}`);
  }
  return lines.join('\n');
}

/** The lines of a template literal without its margin: what a drawing is compared with. */
export function withoutMargin(text: string): string {
  const lines = text
    .replace(/^\n/u, '')
    .replace(/\n\s*$/u, '')
    .split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u)));
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n');
}

/** Short names for locals and temporaries. */
class Names {
  private readonly locals = new Map<Location, string>();
  private readonly used = new Map<string, number>();

  constructor(graph: FunctionGraph) {
    for (const { location } of graph.parameters) this.draw(location);
  }

  draw(location: Location): string {
    const [root = '', ...steps] = location.split('.');
    return [this.root(root), ...steps].join('.').replaceAll('.[]', '[]');
  }

  private root(root: string): string {
    if (!root.startsWith('L:') && !root.startsWith('T:')) {
      return root;
    }
    const known = this.locals.get(root);
    if (known !== undefined) {
      return known;
    }
    const name = root.startsWith('T:') ? 't' : root.replace(/^L:/u, '').replace(/@-?\d+$/u, '') || '{}';
    const count = (this.used.get(name) ?? 0) + 1;
    this.used.set(name, count);
    const drawn = root.startsWith('T:') ? `t${count}` : count === 1 ? name : `${name}'${count}`;
    this.locals.set(root, drawn);
    return drawn;
  }
}

function drawOperand(operand: Operand, names: Names): string {
  const prefix = (operand.byReference === true ? '&' : '') + (operand.closure === true ? 'closure ' : '');
  if (operand.location !== undefined) {
    return prefix + names.draw(operand.location);
  }
  if (operand.literal !== undefined) {
    return JSON.stringify(operand.literal);
  }
  const text = operand.text.replaceAll(/\s+/gu, ' ');
  if (operand.constant === undefined) {
    return `${prefix}\`${text}\``;
  }
  return operand.constant === 'other' ? text : operand.constant;
}

function drawCall(call: CallEvent, names: Names): string {
  const callee = [call.receiver && drawOperand(call.receiver, names), call.qualifier].filter(
    (part) => part !== undefined,
  );
  const before = callee.length > 0 ? callee.join('|') : undefined;
  return (
    (call.result === undefined ? '' : `${names.draw(call.result)} = `) +
    (call.implicit === true ? 'implicit ' : '') +
    (call.constructs === true ? 'new ' : '') +
    `${before === undefined ? '' : `${before}.`}${call.name}(${call.args.map((argument) => drawOperand(argument, names)).join(', ')})`
  );
}

function drawEvent(event: FlowEvent, names: Names): string {
  switch (event.type) {
    case 'call':
      return drawCall(event, names);
    case 'assign':
      return `${names.draw(event.to)} <- ${drawOperand(event.from, names)}${event.owner === true ? ' (owner)' : ''}`;
    case 'fresh':
      return `${names.draw(event.to)} <- fresh`;
    case 'scope-exit':
      return `end ${event.locations.map((location) => names.draw(location)).join(', ')}`;
  }
}

function drawEnd(end: Terminator, names: Names, number: (id: number) => string): string {
  switch (end.type) {
    case 'goto':
      return `goto ${number(end.to)}`;
    case 'branch': {
      const { test } = end;
      const condition =
        test.op === 'is'
          ? `${names.draw(test.location)} is ${test.value}`
          : test.op === 'loop'
            ? `loop over ${test.elements.map((element) => names.draw(element)).join(', ')}`
            : `\`${test.text.replaceAll(/\s+/gu, ' ')}\``;
      return `if ${condition} -> ${number(end.then)} else ${number(end.else)}`;
    }
    case 'return':
    case 'throw':
      return (
        end.type +
        (end.value ? ` ${drawOperand(end.value, names)}` : '') +
        (end.implicit === true ? ' (implicit)' : '') +
        (end.braceless === true ? ' (braceless)' : '')
      );
    case 'end':
      return 'end of process';
  }
}

function successors(block: Block): readonly number[] {
  const { end } = block;
  const next = end.type === 'goto' ? [end.to] : end.type === 'branch' ? [end.then, end.else] : [];
  const handler = handlerOf(block);
  return handler === undefined ? next : [...next, handler];
}

/** A handler says nothing where no call can raise. */
function handlerOf(block: Block): number | undefined {
  return block.events.some((event) => event.type === 'call') ? block.handler : undefined;
}

function reachable(blocks: readonly Block[]): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const pending = [0];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (!seen.has(id)) {
      seen.add(id);
      order.push(id);
      pending.push(...successors(blocks[id]!).toReversed());
    }
  }
  return order;
}

function joined(original: readonly Block[]): readonly Block[] {
  const blocks = original.map((block) => ({ ...block, end: withoutDetour(block.end, original) }));
  for (const block of blocks) {
    if (block.handler !== undefined) block.handler = target(block.handler, original);
  }
  let ways = countWaysIn(blocks);
  for (let id = 0; id < blocks.length;) {
    const block = blocks[id]!;
    const next = block.end.type === 'goto' ? blocks[block.end.to] : undefined;
    if (
      next !== undefined &&
      next !== block &&
      block.end.type === 'goto' &&
      ways.get(block.end.to) === 1 &&
      mayJoin(block, next)
    ) {
      blocks[id] = {
        events: [...block.events, ...next.events],
        end: next.end,
        ...((handlerOf(block) ?? handlerOf(next)) === undefined
          ? {}
          : { handler: (handlerOf(block) ?? handlerOf(next))! }),
      };
      ways = countWaysIn(blocks);
    } else {
      id += 1;
    }
  }
  return blocks;
}

function mayJoin(block: Block, next: Block): boolean {
  const calls = ({ events }: Block): boolean => events.some((event) => event.type === 'call');
  return !calls(block) || !calls(next) || block.handler === next.handler;
}

function countWaysIn(blocks: readonly Block[]): ReadonlyMap<number, number> {
  const ways = new Map<number, number>([[0, 1]]);
  for (const id of reachable(blocks)) {
    for (const to of successors(blocks[id]!)) ways.set(to, (ways.get(to) ?? 0) + 1);
  }
  return ways;
}

function withoutDetour(end: Terminator, blocks: readonly Block[]): Terminator {
  switch (end.type) {
    case 'goto':
      return { ...end, to: target(end.to, blocks) };
    case 'branch':
      return { ...end, then: target(end.then, blocks), else: target(end.else, blocks) };
    default:
      return end;
  }
}

/** Where control that goes to this block really comes to. */
function target(id: number, blocks: readonly Block[]): number {
  const seen = new Set<number>();
  for (let at = id; ;) {
    const block = blocks[at];
    if (seen.has(at) || block?.events.length !== 0 || block.end.type !== 'goto') {
      return at;
    }
    seen.add(at);
    at = block.end.to;
  }
}
