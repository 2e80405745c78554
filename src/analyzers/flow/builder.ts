/**
 * Builds a flow graph from structured statements. A front end says what the source says (a branch, a loop, a scope, a
 * `try`); the builder keeps the blocks, and makes every way out of a scope run the scope's clean-up:
 *
 * - Each open scope has its locals and perhaps a clean-up (the body of a `finally`, the Dispose of a `using`, a defer).
 *   Control that leaves it, by its end, `break`, `return` or `throw`, passes a copy of the clean-up, innermost first, and
 *   the scope's locals end after it.
 * - While the body of a scope with a clean-up, or of a `try`, is built, its blocks have a handler: where an exception
 *   of a call goes on. The handler first ends all locals that were declared in the body.
 * - After a jump the current block is unreachable: what is emitted there until the next `start` is built and then dropped.
 */
import type { Block, FlowEvent, Location, Operand, ScopeExitEvent, Span, Terminator, Test } from './graph.ts';

/** Number of a block. */
export type BlockId = number;

interface OpenBlock {
  readonly events: FlowEvent[];
  end?: Terminator;
  readonly handler: BlockId | undefined;
}

interface Scope {
  readonly locals: Location[];
  readonly span: Span;
  /** Emits the clean-up at the current block; called once for each way out. */
  readonly cleanUp: (() => void) | undefined;
  /** The handler that was in force outside of the scope. */
  readonly outerHandler: BlockId | undefined;
  /** All locals declared in this scope and the ones inside of it, for its handler. */
  readonly declared: Location[];
  readonly targets: JumpTargets | undefined;
  /** For the body of a `try`: where its catches are chosen. */
  readonly catches?: BlockId;
}

/** Where `break` and `continue` lead; `label` is the name that the source gives to the statement. */
export interface JumpTargets {
  readonly label?: string | undefined;
  readonly breakTo?: BlockId | undefined;
  readonly continueTo?: BlockId | undefined;
  /** A `break` without a label passes it by: the body of SEH's `__try`, which `__leave` leaves. */
  readonly onlyByLabel?: boolean;
}

function isMeant(targets: JumpTargets, label: string | undefined): boolean {
  return label === undefined ? targets.onlyByLabel !== true : targets.label === label;
}

interface ScopeOptions {
  readonly span: Span;
  /** `finally`, Dispose of a `using`, defer: runs on every way out, exceptions too. */
  readonly cleanUp?: (() => void) | undefined;
  readonly targets?: JumpTargets | undefined;
}

interface ExitOptions {
  readonly braceless?: boolean;
  readonly implicit?: boolean;
}

/** The statement that leaves the function, for the scopes that it ends. */
type LeavingStatement = Pick<ScopeExitEvent, 'span' | 'exit'>;

function exitEvent(type: 'return' | 'throw', span: Span, { braceless, implicit }: ExitOptions): LeavingStatement {
  return implicit === true ? { span } : { span, exit: { type, ...(braceless === undefined ? {} : { braceless }) } };
}

export class GraphBuilder {
  private readonly blocks: OpenBlock[] = [];
  private readonly scopes: Scope[] = [];
  private readonly labels = new Map<string, BlockId>();
  private handler: BlockId | undefined;
  private current: BlockId;
  private temporaries = 0;

  constructor() {
    this.current = this.newBlock();
  }

  /** A block that control reaches by jumps to it only; `start` makes it the current one. */
  newBlock(): BlockId {
    this.blocks.push({ events: [], handler: this.handler });
    return this.blocks.length - 1;
  }

  /** Goes on at `block`; control that reached the end of the current block falls into it. */
  start(block: BlockId): void {
    this.goto(block);
    this.current = block;
  }

  newTemporary(): Location {
    this.temporaries += 1;
    return `T:${this.temporaries}`;
  }

  emit(event: FlowEvent): void {
    this.block(this.current).events.push(event);
  }

  /** A local of the innermost scope: it ends with it. */
  declare(local: Location): void {
    this.scopes.at(-1)?.locals.push(local);
    for (const scope of this.scopes) scope.declared.push(local);
  }

  /** Ends the current block; the block after it is unreachable until `start`. */
  goto(to: BlockId): void {
    this.terminate({ type: 'goto', to });
  }

  branch(test: Test, then: BlockId, otherwise: BlockId): void {
    this.terminate({ type: 'branch', test, then, else: otherwise });
  }

  /** `if`: `condition` must end with jumps to the one or the other block. */
  ifElse(
    condition: (then: BlockId, otherwise: BlockId) => void,
    then: () => void,
    otherwise: (() => void) | undefined,
  ): void {
    const [thenBlock, elseBlock, after] = [this.newBlock(), this.newBlock(), this.newBlock()];
    condition(thenBlock, elseBlock);
    this.start(thenBlock);
    then();
    this.goto(after);
    this.start(elseBlock);
    otherwise?.();
    this.start(after);
  }

  /** Any loop. `condition` must end with jumps to the body or out; absent for a loop without one (`for (;;)`). */
  loop(loop: {
    readonly span: Span;
    readonly label?: string | undefined;
    readonly condition?: ((body: BlockId, after: BlockId) => void) | undefined;
    /** `do`: the condition stands after the body. */
    readonly conditionAtEnd?: boolean;
    readonly body: () => void;
    readonly step?: (() => void) | undefined;
  }): void {
    const [head, body, step, after] = [this.newBlock(), this.newBlock(), this.newBlock(), this.newBlock()];
    const test = (): void => {
      if (loop.condition) {
        loop.condition(body, after);
      } else {
        this.goto(body);
      }
    };
    if (loop.conditionAtEnd !== true) {
      this.start(head);
      test();
    }
    this.start(body);
    this.scope({ span: loop.span, targets: { label: loop.label, breakTo: after, continueTo: step } }, loop.body);
    this.start(step);
    loop.step?.();
    if (loop.conditionAtEnd === true) {
      test();
    } else {
      this.goto(head);
    }
    this.current = after;
  }

  /** `switch`: cases in order; a body that does not jump falls into the next one where the language has it so. */
  switch(
    span: Span,
    cases: readonly { readonly tests: readonly Test[]; readonly isDefault: boolean; readonly body: () => void }[],
    fallsThrough: boolean,
  ): void {
    const after = this.newBlock();
    const bodies = cases.map(() => this.newBlock());
    let fallback = after;
    for (const [index, { tests, isDefault }] of cases.entries()) {
      const body = bodies[index] ?? after;
      for (const test of tests) {
        const next = this.newBlock();
        this.branch(test, body, next);
        this.current = next;
      }
      fallback = isDefault ? body : fallback;
    }
    this.goto(fallback);
    this.scope({ span, targets: { breakTo: after } }, () => {
      for (const [index, { body }] of cases.entries()) {
        const block = bodies[index] ?? after;
        if (fallsThrough) {
          this.start(block);
        } else {
          this.current = block;
        }
        body();
        if (!fallsThrough) {
          this.goto(after);
        }
      }
    });
    this.start(after);
  }

  /** A block with locals, and perhaps a clean-up and targets of `break` and `continue`. */
  scope(options: ScopeOptions, body: () => void): void {
    const outerHandler = this.handler;
    const scope: Scope = {
      locals: [],
      declared: [],
      span: options.span,
      cleanUp: options.cleanUp,
      outerHandler,
      targets: options.targets,
    };
    const handler = options.cleanUp === undefined ? undefined : this.newBlock();
    this.scopes.push(scope);
    if (handler !== undefined) {
      this.handler = handler;
      this.start(this.newBlock());
    }
    body();
    this.leave(scope);
    this.scopes.pop();
    this.handler = outerHandler;
    const after = this.newBlock();
    this.start(after);
    if (handler !== undefined) {
      this.current = handler;
      this.endLocals(scope.declared, scope.span);
      options.cleanUp?.();
      this.propagate(scope.span);
      this.current = after;
    }
  }

  /**
   * `try` with catches (a `finally` is a scope around it). `catchesAll`: no exception passes by all of the catches.
   */
  tryCatch(span: Span, body: () => void, catches: readonly (() => void)[], catchesAll: boolean): void {
    const outerHandler = this.handler;
    const handler = this.newBlock();
    const after = this.newBlock();
    this.handler = handler;
    this.start(this.newBlock());
    const scope: Scope = {
      locals: [],
      declared: [],
      span,
      cleanUp: undefined,
      outerHandler,
      targets: undefined,
      catches: handler,
    };
    this.scopes.push(scope);
    body();
    this.leave(scope);
    this.scopes.pop();
    this.handler = outerHandler;
    this.goto(after);
    this.current = handler;
    this.endLocals(scope.declared, span);
    for (const [index, lowerCatch] of catches.entries()) {
      const [mine, next] = [this.newBlock(), this.newBlock()];
      if (index === catches.length - 1 && catchesAll) {
        this.goto(mine);
      } else {
        this.branch({ op: 'unknown', span, text: '' }, mine, next);
      }
      this.start(mine);
      lowerCatch();
      this.goto(after);
      this.current = next;
    }
    if (!catchesAll) {
      this.propagate(span);
    }
    this.current = after;
  }

  break(label?: string): void {
    this.jumpOut((targets) => (isMeant(targets, label) ? targets.breakTo : undefined));
  }

  continue(label?: string): void {
    this.jumpOut((targets) => (isMeant(targets, label) ? targets.continueTo : undefined));
  }

  /** The value outlives the locals of the scopes that are left. */
  return(value: Operand | undefined, span: Span, options: ExitOptions = {}): void {
    const kept = value && this.keepBeyondScopes(value, span);
    for (const scope of this.scopes.toReversed()) this.leave(scope, exitEvent('return', span, options));
    this.terminate({ type: 'return', ...(kept ? { value: kept } : {}), span, ...options });
  }

  /** A written `throw`: goes to the nearest catches, else leaves the function; clean-ups between are run. */
  throw(value: Operand | undefined, span: Span, options: ExitOptions = {}): void {
    const exit = this.scopes.some(({ catches }) => catches !== undefined)
      ? undefined
      : exitEvent('throw', span, options);
    for (const scope of this.scopes.toReversed()) {
      this.leave(scope, exit);
      if (scope.catches !== undefined) {
        this.goto(scope.catches);
        return;
      }
    }
    this.terminate({ type: 'throw', ...(value ? { value } : {}), span, ...options });
  }

  /** The process ends here: exit(), abort(). */
  endOfProcess(): void {
    this.terminate({ type: 'end' });
  }

  label(name: string): void {
    this.start(this.labelled(name));
  }

  /** C's goto. Locals of the scopes that it leaves end with the function. */
  gotoLabel(name: string): void {
    this.goto(this.labelled(name));
  }

  /** All blocks, once the function's end was told by `return`. */
  finish(): readonly Block[] {
    return this.blocks.map(({ events, end, handler }) => ({
      events,
      end: end ?? { type: 'end' },
      ...(handler === undefined ? {} : { handler }),
    }));
  }

  private labelled(name: string): BlockId {
    const block = this.labels.get(name) ?? this.newBlock();
    this.labels.set(name, block);
    return block;
  }

  private jumpOut(targetOf: (targets: JumpTargets) => BlockId | undefined): void {
    const index = this.scopes.findLastIndex((scope) => scope.targets && targetOf(scope.targets) !== undefined);
    const targets = this.scopes[index]?.targets;
    const target = targets && targetOf(targets);
    if (target === undefined) {
      return;
    }
    for (const scope of this.scopes.slice(index).toReversed()) this.leave(scope);
    this.goto(target);
  }

  /** Emits what leaving the scope does; the scope itself stays open for the source that follows. */
  private leave(scope: Scope, exit?: LeavingStatement): void {
    const { handler } = this;
    if (scope.cleanUp) {
      // An exception of the clean-up itself goes outwards.
      this.handler = scope.outerHandler;
      const index = this.scopes.indexOf(scope);
      const inner = index < 0 ? [] : this.scopes.splice(index);
      this.start(this.newBlock());
      scope.cleanUp();
      this.scopes.push(...inner);
      this.handler = handler;
    }
    this.endLocals(scope.locals, scope.span, exit);
  }

  private endLocals(locals: readonly Location[], span: Span, exit?: LeavingStatement): void {
    if (locals.length > 0) {
      this.emit({ type: 'scope-exit', locations: [...locals], span, ...exit });
    }
  }

  private keepBeyondScopes(value: Operand, span: Span): Operand {
    if (value.location === undefined || this.scopes.length === 0) {
      return value;
    }
    const temporary = this.newTemporary();
    this.emit({ type: 'assign', to: temporary, from: value, span });
    return { ...value, location: temporary };
  }

  /** An exception goes on outwards. */
  private propagate(span: Span): void {
    if (this.handler === undefined) {
      this.terminate({ type: 'throw', span, implicit: true });
    } else {
      this.goto(this.handler);
    }
  }

  private terminate(end: Terminator): void {
    const block = this.block(this.current);
    block.end ??= end;
    this.current = this.newBlock();
  }

  private block(id: BlockId): OpenBlock {
    const block = this.blocks[id];
    if (block === undefined) {
      throw new Error(`No block ${id}`);
    }
    return block;
  }
}
