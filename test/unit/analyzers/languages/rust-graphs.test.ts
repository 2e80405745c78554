/** Graphs of Rust. */
import assert from 'node:assert/strict';
import { RUST } from '../../../../src/analyzers/languages/rust/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('Rust', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(RUST);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('Result is its value or null, a question mark returns it', () => {
    draws(
      `
        fn open(n: u32) -> Result<Guard, Error> {
            let h = unsafe { CreateFileMappingW(INVALID_HANDLE_VALUE, None, 4, 0, n, None) }?;
            if h.is_invalid() {
                return Err(Error::last());
            }
            Ok(Guard { h, n: 1 })
        }
      `,
      `
        open(n)
        0:
          t1 = CreateFileMappingW(minus-one, null, 4, null, n, null)
          if t1 is null -> 1 else 2
        1:
          return null
        2:
          h <- t1
          if h is null -> 3 else 4
        3:
          Error.last()
          t2 <- null
          t3 <- t2
          end h
          return t3
        4:
          t4 = new Guard()
          t4.h <- h
          end h
          t5 <- t4
          return t5
      `,
    );
  });

  it('patterns test and bind', () => {
    draws(
      `
        fn choose(x: Option<HANDLE>) -> u8 {
            let Some(h) = x else { return 0 };
            match read(h) {
                Ok(a) if a > 1 => a,
                Ok(0) | Err(_) => 1,
                _ => panic!("no"),
            }
        }
      `,
      `
        choose(x: Option)
        0:
          if x is null -> 1 else 2
        1:
          end h
          return null
        2:
          h <- x
          t1 = read(h)
          if t1 is null -> 3 else 9
        3:
          if t1 is null -> 4 else 8
        4:
          if t1 is null -> 5 else 7
        5:
          t2 <- 1
          goto 6
        6:
          end h
          t3 <- t2
          return t3
        7:
          end of process
        8:
          if t1 is null -> 5 else 4
        9:
          a <- t1
          if \`a > 1\` -> 10 else 3
        10:
          t2 <- a
          end a
          goto 6
      `,
    );
  });

  it('if let and else if let', () => {
    draws(
      `
        fn either(a: Option<HANDLE>, b: Option<HANDLE>) {
            if let Some(h) = a && ready {
                CloseHandle(h);
            } else if let Some(h) = b {
                CloseHandle(h);
            }
        }
      `,
      `
        either(a: Option, b: Option)
        0:
          if a is null -> 1 else 4
        1:
          if b is null -> 2 else 3
        2:
          end h, h'2
          return (implicit)
        3:
          h'2 <- b
          CloseHandle(h'2)
          goto 2
        4:
          h <- a
          if G.ready is true -> 5 else 1
        5:
          CloseHandle(h)
          goto 2
      `,
    );
  });

  it('loops over elements are not skipped', () => {
    draws(
      `
        fn each(all: &mut Vec<HANDLE>) {
            while let Some(h) = all.pop() {
                CloseHandle(h);
            }
            for (i, h) in all.iter().enumerate() {
                CloseHandle(*h);
            }
        }
      `,
      `
        each(all: Vec)
        0:
          goto 1
        1:
          if loop over all[] -> 2 else 3
        2:
          h <- all[]
          CloseHandle(h)
          goto 1
        3:
          end h
          goto 4
        4:
          if loop over all[] -> 5 else 6
        5:
          h'2 <- all[]
          CloseHandle(h'2)
          end h'2
          goto 4
        6:
          return (implicit)
      `,
    );
  });

  it('fields without names are fields of structs, but not of handles', () => {
    draws(
      `
        struct Pair(HANDLE, u8);
        impl Drop for Pair {
            fn drop(&mut self) {
                unsafe { CloseHandle(self.0) };
            }
        }
        fn raw(h: HANDLE) -> bool {
            let pair = Pair(h, 1);
            std::mem::drop(pair);
            h.0 == pair.0
        }
      `,
      `
        Pair.drop()
        0:
          CloseHandle(S.0)
          return (implicit)
        raw(h: HANDLE)
        0:
          t1 = new Pair()
          t1.0 <- h
          pair <- t1
          pair.drop()
          if \`h == pair.0\` -> 1 else 3
        1:
          t2 <- true
          goto 2
        2:
          end pair
          t3 <- t2
          return t3
        3:
          t2 <- false
          goto 2
      `,
    );
  });

  it('a closure captures, and so does a macro that nothing is known of', () => {
    draws(
      `
        fn later(h: HANDLE, g: HANDLE) {
            let close = move || CloseHandle(h);
            scopeguard::defer! { CloseHandle(g); }
            println!("{}", h);
        }
      `,
      `
        later(h: HANDLE, g: HANDLE)
        0:
          close <- closure \`move || CloseHandle(h)\`
          end close
          return (implicit)
        captured h, g
        later.<lambda>()
        0:
          t1 = CloseHandle(C.h)
          t1 <- true
          t2 <- t1
          return t2
      `,
    );
  });

  it('blocks have values, labels are left', () => {
    draws(
      `
        fn value(n: u8) -> u8 {
            let a = if n == 0 { first() } else { { let b = second(); b } };
            'out: loop {
                loop {
                    break 'out;
                }
            }
            a
        }
      `,
      `
        value(n)
        0:
          if n is null -> 1 else 3
        1:
          t1 = first()
          goto 2
        2:
          a <- t1
          t2 <- a
          end a
          t3 <- t2
          return t3
        3:
          t4 = second()
          b <- t4
          t1 <- b
          end b
          goto 2
      `,
    );
  });
});
