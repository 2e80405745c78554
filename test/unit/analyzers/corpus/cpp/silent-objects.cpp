// Ways to own and to give back that are correct: nothing is reported here.
#include <windows.h>
// caller cleans caller-struct on failure through a generic destroy
struct Ctx { HANDLE m; void *v; };
bool ctx_init(Ctx *c, DWORD n) {
    c->m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr);
    if (!c->m) return false;
    c->v = MapViewOfFile(c->m, 2, 0, 0, 0);
    return c->v != nullptr;
}
void ctx_done(Ctx *c) { if (c->v) UnmapViewOfFile(c->v); if (c->m) CloseHandle(c->m); memset(c, 0, sizeof *c); }
// guarded by view, but init closes by itself elsewhere; users check
struct Ctx2 { HANDLE m2; void *v2; };
bool ctx2_init(Ctx2 *c, DWORD n) {
    c->m2 = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr);
    if (!c->m2) return false;
    c->v2 = MapViewOfFile(c->m2, 2, 0, 0, 0);
    if (!c->v2) { CloseHandle(c->m2); c->m2 = nullptr; return false; }
    return true;
}
void ctx2_done(Ctx2 *c) { if (c->v2) { UnmapViewOfFile(c->v2); CloseHandle(c->m2); } }
// ctor early return with dtor in another class part
class E1 {
public:
    E1(DWORD n) : m(nullptr), ok(false) { m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!m) return; v = MapViewOfFile(m, 2, 0, 0, 0); if (!v) return; ok = true; }
    virtual ~E1() { Release(); }
    void Release() { if (v) UnmapViewOfFile(v); if (m) CloseHandle(m); v = nullptr; m = nullptr; }
private:
    HANDLE m; void *v = nullptr; bool ok;
};
// lazy singleton with closing on failure in caller
class Link {
public:
    ~Link() { Shutdown(); }
    bool IsConnected() { if (!m_lm) { if (!Connect()) { Shutdown(); return false; } } return true; }
    void Shutdown() { if (m_lm) { UnmapViewOfFile(m_lm); m_lm = nullptr; } if (m_hm) { CloseHandle(m_hm); m_hm = nullptr; } }
private:
    bool Connect() { m_hm = OpenFileMappingW(4, FALSE, L"x"); if (!m_hm) return false; m_lm = MapViewOfFile(m_hm, 4, 0, 0, 0); return m_lm != nullptr; }
    HANDLE m_hm = nullptr; void *m_lm = nullptr;
};
// throws over members that own / function try
class T1 { wil::unique_handle m; void *v = nullptr; public: T1(DWORD n) { m.reset(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr)); if (!m) throw 1; v = MapViewOfFile(m.get(), 2, 0, 0, 0); if (!v) throw 2; } ~T1() { UnmapViewOfFile(v); } };
class T2 { HANDLE m = nullptr; public: T2(DWORD n) { m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!m) throw 1; if (!check(n)) { CloseHandle(m); throw 2; } } ~T2() { CloseHandle(m); } };
class T3 { HANDLE m = nullptr; void close() { if (m) CloseHandle(m); m = nullptr; } public: T3(DWORD n) { try { m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!check(n)) throw 1; } catch (...) { close(); throw; } } ~T3() { close(); } };
// reading in one go with a local
class R1 { HANDLE h = nullptr; public: ~R1() { if (h) CloseHandle(h); } int read() { if (!h) h = OpenFileMappingW(4, FALSE, L"x"); if (!h) return 0; void *v = MapViewOfFile(h, 4, 0, 0, 0); if (!v) return 0; int r = *(int *)v; UnmapViewOfFile(v); return r; } };
class R2 { HANDLE h = nullptr; public: ~R2() { end(); } void end() { if (h) { CloseHandle(h); h = nullptr; } } int read() { end(); h = OpenFileMappingW(4, FALSE, L"x"); void *v = MapViewOfFile(h, 4, 0, 0, 0); int r = v ? *(int *)v : 0; if (v) UnmapViewOfFile(v); return r; } };
class R3 { HANDLE h = nullptr; public: ~R3() { stop(); } void stop() { if (h) CloseHandle(h); h = nullptr; } void cycle() { read(); stop(); } private: int read() { h = OpenFileMappingW(4, FALSE, L"x"); void *v = MapViewOfFile(h, 4, 0, 0, 0); int r = v ? *(int *)v : 0; if (v) UnmapViewOfFile(v); return r; } };
// heap record freed after closing
struct Rec { HANDLE m; void *v; };
Rec *rec_new(DWORD n) { Rec *r = (Rec *)malloc(sizeof *r); r->m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!r->m) { free(r); return nullptr; } r->v = MapViewOfFile(r->m, 2, 0, 0, 0); if (!r->v) { CloseHandle(r->m); free(r); return nullptr; } return r; }
void rec_free(Rec *r) { UnmapViewOfFile(r->v); CloseHandle(r->m); free(r); }
// wrappers with two levels, released at the top
HANDLE low(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); return h ? h : nullptr; }
HANDLE mid(DWORD n) { return low(n); }
void top(DWORD n) { HANDLE h = mid(n); if (!h) return; CloseHandle(h); }
// bool member set by someone
class B1 { HANDLE m = nullptr; void *v = nullptr; bool owns = true; public: ~B1() { if (owns) { if (v) UnmapViewOfFile(v); if (m) CloseHandle(m); } } bool open(DWORD n) { m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!m) return false; v = MapViewOfFile(m, 2, 0, 0, 0); return !!v; } };
// error enum return
enum Err { OK = 0, FAIL_MAP, FAIL_VIEW };
class K1 { HANDLE m = nullptr; void *v = nullptr; public: ~K1() { close(); } Err open(DWORD n) { if ((m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr)) == nullptr) return FAIL_MAP; if ((v = MapViewOfFile(m, 2, 0, 0, 0)) == nullptr) { close(); return FAIL_VIEW; } return OK; } void close() { if (v) { UnmapViewOfFile(v); v = nullptr; } if (m) { CloseHandle(m); m = nullptr; } } };
// template method, CRTP
template <class T> class Shared { HANDLE m = nullptr; T *v = nullptr; public: ~Shared() { if (v) UnmapViewOfFile(v); if (m) CloseHandle(m); } bool open(LPCWSTR s) { m = OpenFileMappingW(4, FALSE, s); if (!m) return false; v = static_cast<T *>(MapViewOfFile(m, 4, 0, 0, sizeof(T))); return v != nullptr; } };
// handle in std::optional / variant / tuple
std::tuple<HANDLE, void *> tup(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); void *v = MapViewOfFile(h, 2, 0, 0, 0); return {h, v}; }
std::optional<HANDLE> opt(DWORD n) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!h) return std::nullopt; return h; }
// switch on mode
bool sw(int mode, Ctx *out) { HANDLE h = nullptr; switch (mode) { case 0: h = OpenFileMappingW(4, FALSE, L"a"); break; case 1: h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, 5, L"a"); break; default: return false; } if (!h) return false; out->m = h; return true; }
// goto with several labels
int lab(DWORD n) { int rc = 0; HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!h) { rc = 1; goto e0; } { void *v = MapViewOfFile(h, 2, 0, 0, 0); if (!v) { rc = 2; goto e1; } UnmapViewOfFile(v); } e1: CloseHandle(h); e0: return rc; }
// member of member
struct Inner { HANDLE m = nullptr; void *v = nullptr; void close() { if (v) UnmapViewOfFile(v); if (m) CloseHandle(m); } };
class Outer { Inner in; public: ~Outer() { in.close(); } bool open(DWORD n) { in.m = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); if (!in.m) return false; in.v = MapViewOfFile(in.m, 2, 0, 0, 0); return in.v != nullptr; } };
// callback based visit
void visit(DWORD n, void (*cb)(HANDLE)) { HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, n, nullptr); cb(h); CloseHandle(h); }
// array global
static HANDLE maps[8]; static void *views[8];
int open_all() { for (int i = 0; i < 8; i++) { maps[i] = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, 5, nullptr); if (!maps[i]) return -1; views[i] = MapViewOfFile(maps[i], 2, 0, 0, 0); if (!views[i]) return -1; } return 0; }
void close_all() { for (int i = 0; i < 8; i++) { if (views[i]) UnmapViewOfFile(views[i]); if (maps[i]) CloseHandle(maps[i]); } }
