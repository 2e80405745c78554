// One way to leak a line.
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;
class L {
    static void Never(string n) { var f = MemoryMappedFile.OpenExisting(n); var v = f.CreateViewAccessor(); v.Dispose(); } //! section-outlives-view
    static void Path(string n, bool b) { var f = MemoryMappedFile.OpenExisting(n); if (b) return; f.Dispose(); } //! section-leaks-on-path
    static void Thr(string n, bool b) { var f = MemoryMappedFile.OpenExisting(n); if (b) throw new Exception(); f.Dispose(); } //! section-leaks-on-path
    static void Swallow(string n) { MemoryMappedFile f = null; try { f = MemoryMappedFile.OpenExisting(n); Work(); f.Dispose(); } catch { } } //! section-leaks-on-path
    static void Loop(string n) { MemoryMappedFile f = null; for (int i = 0; i < 5; i++) { f = MemoryMappedFile.OpenExisting(n + i); } f.Dispose(); } //! section-leaks-on-path
    static void UsingViewOnly(string n) { var f = MemoryMappedFile.OpenExisting(n); using (var v = f.CreateViewAccessor()) { v.Write(0, 1); } } //! section-outlives-view
    static void Disc(string n) { MemoryMappedFile.CreateNew(n, 5); } //! section-never-closed
    static void NullFirst(string n) { var f = MemoryMappedFile.OpenExisting(n); f = null; f?.Dispose(); } //! section-never-closed
    static byte[] Reader(string n) { using var f = MemoryMappedFile.OpenExisting(n); var s = f.CreateViewStream(); var r = new BinaryReader(s); return r.ReadBytes(4); } //! view-never-unmapped
    static int Deref(string n) { using var f = MemoryMappedFile.OpenExisting(n); var s = f.CreateViewStream(); return s.ReadByte(); } //! view-never-unmapped
}
class F1 { MemoryMappedFile f; public void Open(string n) { f = MemoryMappedFile.OpenExisting(n); } public int Read() { using var v = f.CreateViewAccessor(); return v.ReadInt32(0); } } //! section-never-closed
class F2 : IDisposable { MemoryMappedFile f; MemoryMappedViewAccessor v; public void Open(string n) { f = MemoryMappedFile.OpenExisting(n); v = f.CreateViewAccessor(); } public void Dispose() { f = null; v.Dispose(); } } //! section-never-closed
class F3 : IDisposable { MemoryMappedFile f; public void Open(string n) { f = MemoryMappedFile.OpenExisting(n); } public void Dispose() { f?.SafeMemoryMappedFileHandle.ToString(); } } //! section-never-closed
class F4 { static readonly List<MemoryMappedViewAccessor> views = new(); public static void Add(MemoryMappedFile f) { views.Add(f.CreateViewAccessor()); } public static void Reset() { views.Clear(); } } //! view-never-unmapped
class F5 : IDisposable { readonly Dictionary<int, MemoryMappedFile> d = new(); public void Put(int k) { d[k] = MemoryMappedFile.CreateNew(null, 5); } public void Remove(int k) { d.Remove(k); } public void Dispose() { d.Clear(); } } //! section-never-closed
class F6 : IDisposable { MemoryMappedFile f; public void Refresh(string n) { f = MemoryMappedFile.OpenExisting(n); using var v = f.CreateViewAccessor(); } public void Dispose() { f?.Dispose(); } } //! section-leaks-on-path
unsafe class F8 { void P(MemoryMappedViewAccessor v) { byte* p = null; v.SafeMemoryMappedViewHandle.AcquirePointer(ref p); if (*p == 0) return; v.SafeMemoryMappedViewHandle.ReleasePointer(); } } //! pointer-never-released
class G1 : IDisposable { IntPtr h; public G1(string n) { h = N.OpenFileMapping(4, false, n); if (h == IntPtr.Zero) throw new Exception(); } public void Dispose() { N.UnmapViewOfFile(h); } } //! section-never-closed
class G2 { void Poll() { var f = MemoryMappedFile.OpenExisting("x"); try { using var v = f.CreateViewAccessor(); if (v.ReadInt32(0) == 0) return; } catch (IOException) { return; } f.Dispose(); } } //! section-leaks-on-path
