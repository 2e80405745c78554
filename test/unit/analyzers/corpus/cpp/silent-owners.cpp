// Ways to own and to give back that are correct: nothing is reported here.
#include <windows.h>
#include <memory>
#include <map>
#include <string>
#include <functional>

// unique_ptr with custom deleter struct
struct HandleCloser { void operator()(HANDLE h) const { if (h) CloseHandle(h); } };
using ScopedSection = std::unique_ptr<void, HandleCloser>;
bool with_unique(DWORD n) {
    ScopedSection map(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr));
    if (!map) return false;
    void *view = MapViewOfFile(map.get(), FILE_MAP_READ, 0, 0, 0);
    if (!view) return false;
    UnmapViewOfFile(view);
    return true;
}
// struct returned by value
struct Pair { HANDLE h; void *p; };
Pair make_pair_of(DWORD n) {
    Pair r{};
    r.h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    r.p = MapViewOfFile(r.h, FILE_MAP_READ, 0, 0, 0);
    return r;
}
void use_pair() { Pair q = make_pair_of(5); UnmapViewOfFile(q.p); CloseHandle(q.h); }
// out parameter pointers
bool open_out(HANDLE *h, void **v) {
    *h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, nullptr);
    if (!*h) return false;
    *v = MapViewOfFile(*h, FILE_MAP_READ, 0, 0, 0);
    if (!*v) { CloseHandle(*h); *h = nullptr; return false; }
    return true;
}
void use_out() { HANDLE h; void *v; if (open_out(&h, &v)) { UnmapViewOfFile(v); CloseHandle(h); } }
// reference parameters
bool open_ref(HANDLE &h, void *&v) {
    h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, nullptr);
    if (h == nullptr) return false;
    v = MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0);
    if (v == nullptr) { CloseHandle(h); return false; }
    return true;
}
// map registry
static std::map<std::string, HANDLE> g_sections;
HANDLE get_section(const std::string &name) {
    auto it = g_sections.find(name);
    if (it != g_sections.end()) return it->second;
    HANDLE h = CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, name.c_str());
    if (h) g_sections[name] = h;
    return h;
}
void drop_sections() { for (auto &e : g_sections) CloseHandle(e.second); g_sections.clear(); }
// lambda cleanup called on every exit
bool lambda_cleanup(DWORD n) {
    HANDLE h = nullptr; void *v = nullptr;
    auto cleanup = [&]() { if (v) UnmapViewOfFile(v); if (h) CloseHandle(h); };
    h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    if (!h) { cleanup(); return false; }
    v = MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0);
    if (!v) { cleanup(); return false; }
    cleanup();
    return true;
}
// pimpl
class Shm {
public:
    Shm();
    ~Shm();
    bool open(const char *name, size_t n);
private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};
struct Shm::Impl {
    HANDLE h = nullptr; void *v = nullptr;
    ~Impl() { if (v) UnmapViewOfFile(v); if (h) CloseHandle(h); }
};
Shm::Shm() : impl_(new Impl) {}
Shm::~Shm() = default;
bool Shm::open(const char *name, size_t n) {
    impl_->h = CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, (DWORD)n, name);
    if (!impl_->h) return false;
    impl_->v = MapViewOfFile(impl_->h, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    return impl_->v != nullptr;
}
// do-while(0)
int do_while(DWORD n) {
    HANDLE h = nullptr; LPVOID p = nullptr; int rc = -1;
    do {
        h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
        if (h == nullptr) break;
        p = MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0);
        if (p == nullptr) break;
        rc = 0;
    } while (0);
    if (p) UnmapViewOfFile(p);
    if (h) CloseHandle(h);
    return rc;
}
// ComPtr-ish / ATL
void atl(DWORD n) {
    CHandle h(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr));
    CAtlFileMapping<int> m;
    HANDLE raw = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    CHandle owner;
    owner.Attach(raw);
}
// wil
bool wil_use(DWORD n) {
    wil::unique_handle h;
    h.reset(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr));
    RETURN_LAST_ERROR_IF_NULL(h);
    auto v = wil::unique_mapview_ptr<void>(MapViewOfFile(h.get(), FILE_MAP_READ, 0, 0, 0));
    return v != nullptr;
}
// shared_ptr with lambda deleter
std::shared_ptr<void> shared(DWORD n) {
    HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    void *v = MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0);
    return std::shared_ptr<void>(v, [h](void *p) { UnmapViewOfFile(p); CloseHandle(h); });
}
// thread parameter
DWORD worker(LPVOID arg) { HANDLE h = (HANDLE)arg; CloseHandle(h); return 0; }
void thread(DWORD n) {
    HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    HANDLE t = CreateThread(nullptr, 0, worker, h, 0, nullptr);
    CloseHandle(t);
}
// move-only class
class Map {
public:
    Map() = default;
    Map(Map &&o) noexcept : h_(std::exchange(o.h_, nullptr)), v_(std::exchange(o.v_, nullptr)) {}
    Map &operator=(Map &&o) noexcept { std::swap(h_, o.h_); std::swap(v_, o.v_); return *this; }
    ~Map() { close(); }
    static Map create(DWORD n) {
        Map m;
        m.h_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
        if (m.h_) m.v_ = MapViewOfFile(m.h_, FILE_MAP_READ, 0, 0, 0);
        return m;
    }
    void close() { if (v_) { UnmapViewOfFile(v_); v_ = nullptr; } if (h_) { CloseHandle(h_); h_ = nullptr; } }
private:
    HANDLE h_ = nullptr; void *v_ = nullptr;
};
// reopen: close first
class Re {
public:
    ~Re() { Close(); }
    HRESULT Open(LPCWSTR name) {
        Close();
        m_h = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
        if (!m_h) return HRESULT_FROM_WIN32(GetLastError());
        m_v = MapViewOfFile(m_h, FILE_MAP_READ, 0, 0, 0);
        if (!m_v) { Close(); return E_FAIL; }
        return S_OK;
    }
    void Close() { if (m_v) { UnmapViewOfFile(m_v); m_v = NULL; } if (m_h) { CloseHandle(m_h); m_h = NULL; } }
private:
    HANDLE m_h{}; LPVOID m_v{};
};
// static function local
void *static_view() {
    static HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, L"x");
    static void *v = MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0);
    return v;
}
// try catch rethrow
void rethrow(DWORD n) {
    HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    if (h == NULL) throw std::bad_alloc();
    try { work(n); } catch (...) { CloseHandle(h); throw; }
    CloseHandle(h);
}
// array of structs
struct Slot { HANDLE h; void *v; };
class Slots {
public:
    ~Slots() { for (int i = 0; i < 4; i++) { if (s_[i].v) UnmapViewOfFile(s_[i].v); if (s_[i].h) CloseHandle(s_[i].h); } }
    void open() { for (int i = 0; i < 4; i++) { s_[i].h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, nullptr); s_[i].v = MapViewOfFile(s_[i].h, FILE_MAP_READ, 0, 0, 0); } }
private:
    Slot s_[4] = {};
};
// base class member assigned, base destructor in the same file
class Base { protected: HANDLE base_h = NULL; public: virtual ~Base() { if (base_h) CloseHandle(base_h); } };
class Derived : public Base { public: void go() { base_h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 5, nullptr); } };
// vector of owners
void vec(DWORD n) {
    std::vector<wil::unique_handle> v;
    v.emplace_back(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr));
}
// QSharedPointer/ std::function
std::function<void()> closer(DWORD n) {
    HANDLE h = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, n, nullptr);
    return [h] { CloseHandle(h); };
}
