// Ways to own and to give back that are correct; two temporaries are not.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

class A1 : IDisposable {
    private MemoryMappedFile _mmf; private MemoryMappedViewAccessor _acc; private bool _disposed;
    public A1(string n) {
        try { _mmf = MemoryMappedFile.CreateOrOpen(n, 100); _acc = _mmf.CreateViewAccessor(); }
        catch { Dispose(); throw; }
    }
    protected virtual void Dispose(bool disposing) {
        if (_disposed) return;
        if (disposing) { _acc?.Dispose(); _mmf?.Dispose(); }
        _disposed = true;
    }
    public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }
}
class A2 {
    static MemoryMappedFile Open(string n) { try { return MemoryMappedFile.OpenExisting(n); } catch (FileNotFoundException) { return null; } }
    public static int Read(string n) { using var m = Open(n); if (m == null) return 0; using var s = m.CreateViewStream(); using var r = new BinaryReader(s); return r.ReadInt32(); }
}
class A3 : IAsyncDisposable {
    readonly MemoryMappedFile m = MemoryMappedFile.CreateNew(null, 10);
    public async ValueTask DisposeAsync() { m.Dispose(); await Task.CompletedTask; }
}
class A4 : IDisposable {
    readonly ConcurrentDictionary<string, MemoryMappedFile> d = new();
    public MemoryMappedFile Get(string n) => d.GetOrAdd(n, k => MemoryMappedFile.CreateOrOpen(k, 10));
    public void Dispose() { foreach (var kv in d) kv.Value.Dispose(); d.Clear(); }
}
class A5 : IDisposable {
    Lazy<MemoryMappedFile> l = new(() => MemoryMappedFile.CreateNew(null, 10));
    public void Dispose() { if (l.IsValueCreated) l.Value.Dispose(); }
}
class A6 : Stream0 {
    public A6(string p) : base(MemoryMappedFile.CreateFromFile(p).CreateViewStream()) { } //! section-never-closed
}
class A7 {
    public static MemoryMappedViewStream OpenView(string p, out MemoryMappedFile file) { file = MemoryMappedFile.CreateFromFile(p); return file.CreateViewStream(); }
    public static void Use(string p) { var s = OpenView(p, out var f); try { s.ReadByte(); } finally { s.Dispose(); f.Dispose(); } }
}
class A8 : IDisposable {
    MemoryMappedFile f; MemoryMappedViewAccessor v;
    public bool TryOpen(string n) {
        if (f != null) return true;
        try { f = MemoryMappedFile.OpenExisting(n); v = f.CreateViewAccessor(); return true; }
        catch (Exception) { Close(); return false; }
    }
    public void Close() { v?.Dispose(); v = null; f?.Dispose(); f = null; }
    void IDisposable.Dispose() => Close();
}
class A9 {
    public static (MemoryMappedFile, MemoryMappedViewAccessor) Make() { var f = MemoryMappedFile.CreateNew(null, 5); return (f, f.CreateViewAccessor()); }
    public static void Use() { var (f, v) = Make(); v.Write(0, 1); v.Dispose(); f.Dispose(); }
}
class B1 : SafeHandleZeroOrMinusOneIsInvalid {
    public B1(IntPtr h) : base(true) { SetHandle(h); }
    protected override bool ReleaseHandle() => N.CloseHandle(handle);
    public static B1 Create() { return new B1(N.CreateFileMapping(new IntPtr(-1), IntPtr.Zero, 4, 0, 5, null)); }
}
unsafe class B2 : IDisposable {
    MemoryMappedFile f; MemoryMappedViewAccessor v; byte* p;
    public B2(string n) { f = MemoryMappedFile.OpenExisting(n); v = f.CreateViewAccessor(); v.SafeMemoryMappedViewHandle.AcquirePointer(ref p); }
    public void Dispose() { if (p != null) { v.SafeMemoryMappedViewHandle.ReleasePointer(); p = null; } v.Dispose(); f.Dispose(); }
}
class B3 {
    public static IEnumerable<int> Values(string p) { using var f = MemoryMappedFile.CreateFromFile(p); using var v = f.CreateViewAccessor(); for (int i = 0; i < 4; i++) yield return v.ReadInt32(i * 4); }
    public static async Task<int> ReadAsync(string p) { using (var f = MemoryMappedFile.CreateFromFile(p)) using (var s = f.CreateViewStream()) { var b = new byte[4]; await s.ReadAsync(b, 0, 4); return b[0]; } }
}
class B4 : IDisposable {
    readonly List<MemoryMappedFile> list = new();
    public void Add(int n) { for (int i = 0; i < n; i++) list.Add(MemoryMappedFile.CreateNew(null, 5)); }
    public void Dispose() { list.ForEach(x => x.Dispose()); list.Clear(); }
}
class B5 : IDisposable {
    readonly CompositeDisposable all = new();
    public void Open() { var f = MemoryMappedFile.CreateNew(null, 5); all.Add(f); var v = f.CreateViewAccessor(); all.Add(v); }
    public void Dispose() => all.Dispose();
}
class B6 {
    readonly IPool pool;
    public void Put(string n) { pool.Register(MemoryMappedFile.CreateNew(n, 5)); }
    public static Stream Open(string p) => new BufferedStream(MemoryMappedFile.CreateFromFile(p).CreateViewStream()); //! section-never-closed
}
class B7 : IDisposable {
    private MemoryMappedFile map;
    public MemoryMappedFile Map { get => map; private set => map = value; }
    public void Open() { Map = MemoryMappedFile.CreateNew(null, 5); }
    public void Dispose() { Map?.Dispose(); Map = null; }
}
class B8 {
    private IntPtr h = IntPtr.Zero, v = IntPtr.Zero;
    public bool Connect(string n) {
        h = N.OpenFileMapping(4, false, n);
        if (h == IntPtr.Zero) return false;
        v = N.MapViewOfFile(h, 4, 0, 0, UIntPtr.Zero);
        if (v == IntPtr.Zero) { N.CloseHandle(h); h = IntPtr.Zero; return false; }
        return true;
    }
    public void Disconnect() { if (v != IntPtr.Zero) N.UnmapViewOfFile(v); if (h != IntPtr.Zero) N.CloseHandle(h); v = h = IntPtr.Zero; }
}
static class B9 {
    static void Main2(string[] a) {
        var f = MemoryMappedFile.CreateNew("x", 5);
        Console.CancelKeyPress += (s, e) => f.Dispose();
        Thread.Sleep(Timeout.Infinite);
    }
}
class C1 : IDisposable {
    private readonly MemoryMappedFile f; private readonly Stream s; private readonly BinaryWriter w;
    public C1(long n) { f = MemoryMappedFile.CreateNew(null, n); s = f.CreateViewStream(); w = new BinaryWriter(s); }
    public void Dispose() { w.Dispose(); f.Dispose(); }
}
class C2 : IDisposable {
    MemoryMappedFile f;
    public void Swap(long n) { var next = MemoryMappedFile.CreateNew(null, n); var old = Interlocked.Exchange(ref f, next); old?.Dispose(); }
    public void Grow(long n) { f?.Dispose(); f = MemoryMappedFile.CreateNew(null, n); }
    public void Dispose() { Interlocked.Exchange(ref f, null)?.Dispose(); }
}
class C3 {
    [Fact] public void T() { var f = MemoryMappedFile.CreateNew(null, 5); try { Assert.NotNull(f); } finally { f.Dispose(); } }
    public static MemoryMappedFile FromStream(FileStream fs) { MemoryMappedFile r = null; try { r = MemoryMappedFile.CreateFromFile(fs, null, 0, 0, 0, false); return r; } catch { r?.Dispose(); throw; } }
}
class C4 { public MemoryMappedFile F { get; init; } public static C4 Make() => new C4 { F = MemoryMappedFile.CreateNew(null, 5) }; public void Close() => F.Dispose(); }
record C5(MemoryMappedFile File, MemoryMappedViewAccessor View) : IDisposable {
    public static C5 Make() { var f = MemoryMappedFile.CreateNew(null, 5); return new C5(f, f.CreateViewAccessor()); }
    public void Dispose() { View.Dispose(); File.Dispose(); }
}
