/** `.section-leaks.json`: what it may say, and where its faults stand. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_DECLARATIONS, readDeclarations } from '../../../../src/lint/declarations/read.ts';

describe('declarations of a project', () => {
  it('are read with comments and trailing commas', () => {
    const { declarations, problems } = readDeclarations(`{
      // What our pool hands out.
      "acquire": [{ "function": "pool_take", "resource": "section", "releasedBy": "pool_give", }],
      "release": [{ "function": "pool_give" }],
      "borrow": ["log_handle"],
    }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(declarations, {
      acquire: [{ function: 'pool_take', resource: 'section', releasedBy: 'pool_give' }],
      release: [{ function: 'pool_give' }],
      borrow: ['log_handle'],
      handOver: [],
    });
  });

  it('may be none', () => {
    assert.deepEqual(readDeclarations('{}'), { declarations: NO_DECLARATIONS, problems: [] });
  });

  for (const [what, text, line, sentence] of [
    ['is no JSON', '{\n"borrow": [x]\n}', 1, /^This is no JSON: invalid symbol\.$/u],
    ['is empty', '', 0, /^This is no JSON: value expected\.$/u],
    ['is a list', '[]', 0, /^The file must be object\.$/u],
    ['has a name too many', '{\n\n"aquire": []\n}', 2, /^The file has no "aquire"\. docs\/declarations\.md lists/u],
    [
      'lacks what has to be there',
      '{"acquire": [\n{"function": "f", "resource": "view"}]}',
      1,
      /^acquire\.0 must have required property 'releasedBy'\.$/u,
    ],
    [
      'has a word that is none of those',
      '{"acquire": [{"function": "f",\n"resource": "file", "releasedBy": "g"}]}',
      1,
      /^acquire\.0\.resource is one of section, view\.$/u,
    ],
    ['has a call for a name', '{"borrow": [\n"log(x)"]}', 1, /^borrow\.0 must match pattern/u],
  ] as const) {
    it(`name the line where the file ${what}, and declare nothing then`, () => {
      const { declarations, problems } = readDeclarations(text);
      assert.deepEqual(declarations, NO_DECLARATIONS);
      assert.equal(problems[0]?.line, line);
      assert.match(problems[0].message, sentence);
    });
  }

  it('take any text without a crash', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"acquire"',
      '"function"',
      ':',
      ',',
      '1',
      'null',
      '//',
      '\n',
      '"x"',
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        readDeclarations(words.join(' '));
      }),
      { numRuns: 500 },
    );
  });
});
