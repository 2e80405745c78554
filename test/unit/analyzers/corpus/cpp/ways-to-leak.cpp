// One way to leak a line.
#include <windows.h>
void a1(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); void *v = MapViewOfFile(h, 2, 0, 0, 0); use(v); UnmapViewOfFile(v); } //! section-outlives-view
bool a2(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!h) return false; void *v = MapViewOfFile(h, 2, 0, 0, 0); if (!v) return false; UnmapViewOfFile(v); CloseHandle(h); return true; } //! section-leaks-on-path
void a3(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); void *v = MapViewOfFile(h, 2, 0, 0, 0); VirtualFree(v, 0, MEM_RELEASE); CloseHandle(h); } //! view-never-unmapped
void a4(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); void *v = MapViewOfFile(h, 2, 0, 0, 0); free(v); CloseHandle(h); } //! view-never-unmapped
void a6(DWORD n) { for (int i = 0; i < 4; i++) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!h) continue; if (i == 2) break; CloseHandle(h); } } //! section-leaks-on-path
void a7(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (h == INVALID_HANDLE_VALUE) return; CloseHandle(h); HANDLE s = CreateToolhelp32Snapshot(2, 0); if (s == NULL) return; } //! section-never-closed
void a8(HANDLE p, DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr), o; DuplicateHandle(GetCurrentProcess(), h, p, &o, 0, FALSE, DUPLICATE_SAME_ACCESS); } //! section-never-closed
void a9(DWORD n) { std::unique_ptr<void, HandleCloser> h(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr)); void *v = MapViewOfFile(h.get(), 2, 0, 0, 0); use(v); } //! view-never-unmapped
class C1 { HANDLE h = nullptr; void *v = nullptr; public: ~C1() { if (v) UnmapViewOfFile(v); } void open(DWORD n) { h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); v = MapViewOfFile(h, 2, 0, 0, 0); } }; //! section-never-closed
class C2 { HANDLE m = nullptr; void *w = nullptr; public: ~C2() { if (m) CloseHandle(m); } void open(DWORD n) { m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); w = MapViewOfFile(m, 2, 0, 0, 0); } }; //! view-never-unmapped
class C3 { HANDLE q = nullptr; public: ~C3() { q = nullptr; if (q) CloseHandle(q); } void open(DWORD n) { q = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); } }; //! section-never-closed
class C5 { HANDLE z = nullptr; public: ~C5() { delete z; } void open(DWORD n) { z = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); } }; //! section-never-closed
class C6 { std::vector<HANDLE> maps; public: ~C6() { maps.clear(); } void add(DWORD n) { maps.push_back(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr)); } }; //! section-never-closed
class C7 { HANDLE k = nullptr; public: ~C7() { if (k) CloseHandle(k); } bool refresh(LPCWSTR n) { k = OpenFileMappingW(4, FALSE, n); void *v = MapViewOfFile(k, 4, 0, 0, 0); if (!v) return false; UnmapViewOfFile(v); return true; } }; //! section-leaks-on-path
class C8 { HANDLE y = nullptr; public: C8(DWORD n) { y = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!check(n)) throw std::runtime_error("x"); } ~C8() { CloseHandle(y); } }; //! section-leaks-on-path
int b2(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); try { work(n); CloseHandle(h); } catch (std::exception &e) { log(e); } return 0; } //! section-leaks-on-path
void *b3(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); return MapViewOfFile(h, 2, 0, 0, 0); } //! section-never-closed
HANDLE b4(DWORD n) { return CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); } //! section-never-closed
void b5() { if (b4(5) == nullptr) return; }
#define CHECK(x) if (!(x)) return -1
int b6(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); CHECK(h); void *v = MapViewOfFile(h, 2, 0, 0, 0); CHECK(v); UnmapViewOfFile(v); CloseHandle(h); return 0; } //! section-leaks-on-path
int b7(DWORD n) { int rc = -1; HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!h) goto out; if (n == 3) goto out; CloseHandle(h); rc = 0; out: return rc; } //! section-leaks-on-path
struct D1 { HANDLE map; void *view; };
D1 *b8(DWORD n) { D1 *d = new D1(); d->map = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); d->view = MapViewOfFile(d->map, 2, 0, 0, 0); if (!d->view) { delete d; return nullptr; } return d; } //! section-leaks-on-path
void b9(D1 *d) { UnmapViewOfFile(d->view); CloseHandle(d->map); delete d; }
