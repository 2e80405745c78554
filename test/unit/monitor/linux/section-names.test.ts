import assert from 'node:assert/strict';
import { sectionName } from '../../../../src/monitor/platforms/linux/section-names.ts';

describe('the name of a section on Linux', () => {
  it('of memfd_create is the one that was given, without decoration', () => {
    assert.deepEqual(sectionName('/memfd:cache (deleted)', false, false), {
      kind: 'page-file',
      name: 'cache',
      maker: 'memfd',
    });
    assert.equal(sectionName('/memfd: (deleted)', false, false)?.name, null);
    assert.equal(sectionName('/memfd:odd (deleted) (deleted)', false, false)?.name, 'odd (deleted)');
  });

  it('of MemoryMappedFile.CreateNew tells the maker, in memfd and in the shm_open of older runtimes', () => {
    const expected = { kind: 'page-file', name: 'dotnet_33c37b394527493dbf42de', maker: 'dotnet' };
    assert.deepEqual(sectionName('/memfd:/dotnet_33c37b394527493dbf42de (deleted)', false, true), expected);
    assert.deepEqual(sectionName('/dev/shm/dotnet_33c37b394527493dbf42de (deleted)', false, true), expected);
  });

  it('tells what a .NET runtime makes for itself', () => {
    assert.equal(sectionName('/memfd:doublemapper (deleted)', false, true)?.kind, 'runtime');
    assert.equal(sectionName('/memfd:dotnet_ipc_created (deleted)', false, true)?.kind, 'runtime');
    assert.equal(sectionName('/memfd:test (deleted)', false, true)?.kind, 'runtime');
    assert.equal(sectionName('/memfd:test (deleted)', false, false)?.kind, 'page-file');
  });

  it('of shm_open is open to others until it is unlinked', () => {
    assert.deepEqual(sectionName('/dev/shm/a/board', true, false), { kind: 'named', name: '/a/board', maker: 'shm' });
    assert.deepEqual(sectionName('/dev/shm/board (deleted)', false, false), {
      kind: 'page-file',
      name: '/board',
      maker: 'shm',
    });
    assert.equal(sectionName('/dev/shm/board (deleted)', true, false)?.name, '/board (deleted)');
    assert.equal(sectionName('/dev/shm/board (deleted)', null, false)?.kind, 'page-file');
  });

  it('of System V is its key, if it has one', () => {
    assert.deepEqual(sectionName('/SYSV0000002a (deleted)', null, false), {
      kind: 'sysv',
      name: 'key 0x0000002a',
      maker: null,
    });
    assert.equal(sectionName('/SYSV00000000 (deleted)', null, false)?.name, null);
  });

  it('is none for anything else', () => {
    for (const path of ['/usr/lib/libc.so.6', 'pipe:[5748]', '/dev/zero', '/home/memfd:x', '[heap]', '']) {
      assert.equal(sectionName(path, null, true), null, path);
    }
  });
});
