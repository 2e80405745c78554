/** Graphs of Go. */
import assert from 'node:assert/strict';
import { GO } from '../../../../src/analyzers/languages/go/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('Go', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(GO);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('results before the last go to places after the arguments', () => {
    draws(
      `
        package p

        import win "golang.org/x/sys/windows"

        func open(size uint32) (win.Handle, error) {
        	h, err := win.CreateFileMapping(win.InvalidHandle, nil, 4, 0, size, nil)
        	if err != nil {
        		return 0, err
        	}
        	return h, nil
        }

        func again(size uint32) (win.Handle, error) {
        	return open(size)
        }
      `,
      `
        open(size: uint32, result0)
        0:
          t1 = windows.CreateFileMapping(minus-one, null, 4, null, size, null, &t2)
          h <- t2
          err <- t1
          if err is null -> 1 else 2
        1:
          result0.* <- h
          end h, err
          return null
        2:
          result0.* <- null
          t3 <- err
          end h, err
          return t3
        again(size: uint32, result0)
        0:
          t1 = open(size, &t2)
          result0.* <- t2
          t3 <- t1
          return t3
      `,
    );
  });

  it('a named result has its value before what is deferred runs', () => {
    draws(
      `
        package p

        func use(size uint32) (err error) {
        	h, err := open(size)
        	defer func() {
        		if err != nil {
        			shut(h)
        		}
        	}()
        	return keep(h)
        }
      `,
      `
        use(size: uint32)
        0:
          err <- null
          t1 = open(size, &t2)
          h <- t2
          err <- t1
          goto 1
        1 !4:
          t3 = keep(h)
          err <- t3
          t4 <- err
          if err is null -> 2 else 3
        2:
          end err, h
          return t4
        3:
          shut(h)
          goto 2
        4:
          if err is null -> 5 else 6
        5:
          throw (implicit)
        6:
          shut(h)
          goto 5
        use.<lambda>()
        0:
          if C.err is null -> 1 else 2
        1:
          return (implicit)
        2:
          shut(C.h)
          goto 1
      `,
    );
  });

  it('procedures of a library are called by their names', () => {
    draws(
      `
        package p

        var proc = lib.NewProc("MapViewOfFile")

        func look(h uintptr) uintptr {
        	addr, _, _ := proc.Call(h, 4, 0, 0, 0)
        	other, _, _ := syscall.SyscallN(proc.Addr(), h, 4, 0, 0, 0)
        	return addr + other
        }
      `,
      `
        look(h: uintptr)
        0:
          t1 = kernel32.MapViewOfFile(h, 4, null, null, null)
          addr <- t1
          t2 = kernel32.MapViewOfFile(h, 4, null, null, null)
          other <- t2
          t3 <- addr
          end addr, other
          return t3
      `,
    );
  });

  it('append puts into what it is given, a literal makes an object', () => {
    draws(
      `
        package p

        type Set struct {
        	all []uintptr
        	one uintptr
        }

        func (s *Set) add(h uintptr) *Set {
        	s.all = append(s.all, h)
        	return &Set{all: s.all, one: h}
        }
      `,
      `
        Set.add(h: uintptr)
        0:
          S.all[] <- h
          t1 = new Set()
          t1.all <- S.all
          t1.one <- h
          t2 <- t1
          return t2
      `,
    );
  });

  it('loops over elements are not skipped', () => {
    draws(
      `
        package p

        func each(all []uintptr) {
        	for i := 0; i < len(all); i++ {
        		shut(all[i])
        	}
        	for _, h := range all {
        		shut(h)
        	}
        }
      `,
      `
        each(all)
        0:
          i <- null
          goto 1
        1:
          t1 = len(all)
          if loop over all[] -> 2 else 3
        2:
          shut(all[])
          goto 1
        3:
          end i
          goto 4
        4:
          if loop over all[] -> 5 else 6
        5:
          h <- all[]
          shut(h)
          end h
          goto 4
        6:
          return (implicit)
      `,
    );
  });

  it('cases in order, without falling through', () => {
    draws(
      `
        package p

        func choose(h uintptr) int {
        	switch h {
        	case 0:
        		return 1
        	case other, ^0:
        		shut(h)
        	default:
        		go run(h)
        	}
        	switch {
        	case h == 0, ready:
        		return 2
        	}
        	return 3
        }
      `,
      `
        choose(h: uintptr)
        0:
          if h is null -> 1 else 2
        1:
          return 1
        2:
          if \`h is other\` -> 3 else 8
        3:
          shut(h)
          goto 4
        4:
          if h is null -> 5 else 6
        5:
          return 2
        6:
          if G.ready is true -> 5 else 7
        7:
          return 3
        8:
          if h is minus-one -> 3 else 9
        9:
          go(h)
          goto 4
      `,
    );
  });

  it('goto and labels', () => {
    draws(
      `
        package p

        func leave(n int) {
        	if n == 0 {
        		goto done
        	}
        outer:
        	for {
        		for {
        			break outer
        		}
        	}
        done:
        	end()
        }
      `,
      `
        leave(n: int)
        0:
          if n is null -> 1 else 1
        1:
          end()
          return (implicit)
      `,
    );
  });
});
