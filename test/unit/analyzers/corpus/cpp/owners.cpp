#include <windows.h>
#include <memory>
#include <stdexcept>
#include <vector>
#include <wil/resource.h>

class Guard {
public:
    explicit Guard(HANDLE handle) : handle_(handle) {}
    ~Guard() { if (handle_) CloseHandle(handle_); }
    HANDLE get() const { return handle_; }

private:
    HANDLE handle_;
};

class SharedBlock {
public:
    explicit SharedBlock(DWORD bytes) {
        map_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        view_ = MapViewOfFile(map_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    }

    ~SharedBlock() {
        UnmapViewOfFile(view_);
        CloseHandle(map_);
    }

private:
    HANDLE map_ = nullptr;
    void* view_ = nullptr;
};

class ForgetsTheView {
public:
    ForgetsTheView(DWORD bytes);
    ~ForgetsTheView();

private:
    HANDLE section_ = nullptr;
    void* mapped_ = nullptr;
};

ForgetsTheView::ForgetsTheView(DWORD bytes)
    : section_(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr)) {
    mapped_ = MapViewOfFile(section_, FILE_MAP_ALL_ACCESS, 0, 0, 0); //! view-never-unmapped
}

ForgetsTheView::~ForgetsTheView() {
    CloseHandle(section_);
}

void scoped(DWORD bytes) {
    wil::unique_handle map(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr));
    Guard second(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr));
    std::unique_ptr<void, decltype(&UnmapViewOfFile)> view(MapViewOfFile(second.get(), FILE_MAP_READ, 0, 0, 0), &UnmapViewOfFile);
}

void throws(DWORD bytes) {
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-leaks-on-path
    if (!map) throw std::runtime_error("map");
    if (bytes < 5) throw std::invalid_argument("bytes");
    CloseHandle(map);
}

void caught(DWORD bytes) {
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
    if (!map) return;
    try {
        if (bytes < 5) throw std::invalid_argument("bytes");
    } catch (...) {
        CloseHandle(map);
        throw;
    }
    CloseHandle(map);
}

void structured(DWORD bytes) {
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
    if (!map) return;
    __try {
        if (bytes < 5) __leave;
    } __finally {
        CloseHandle(map);
    }
}

void several(DWORD bytes) {
    std::vector<HANDLE> maps;
    for (int i = 0; i < 5; ++i) {
        maps.push_back(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr));
    }
    for (HANDLE map : maps) CloseHandle(map);
}

void defer_by_lambda(DWORD bytes) {
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
    auto done = make_scope_exit([&] { CloseHandle(map); });
}

class Reopened {
public:
    ~Reopened() { release(); }

    void reopen(const wchar_t *name, DWORD bytes) {
        for (;;) {
            release();
            section_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, name);
            if (!section_) return;
            start_ = MapViewOfFile(section_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
            if (!start_) return;
        }
    }

private:
    void release() {
        if (start_) {
            UnmapViewOfFile(start_);
            start_ = nullptr;
        }
        if (section_) {
            CloseHandle(section_);
            section_ = nullptr;
        }
    }

    HANDLE section_ = nullptr;
    void *start_ = nullptr;
};

static std::map<std::string, HANDLE> g_sections;

HANDLE section_of(const std::string &name) {
    HANDLE found = CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, 64, name.c_str());
    if (found) g_sections[name] = found;
    return found;
}

void drop_sections() {
    for (auto &entry : g_sections) CloseHandle(entry.second);
    g_sections.clear();
}
