#include <windows.h>

// A failed second step, and what the end of the object's life does about it.

class ClosedByFlag {
public:
    ClosedByFlag() : open_(false) {}
    ~ClosedByFlag() {
        if (open_) close();
    }

    bool open(DWORD bytes) {
        file_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-leaks-on-path
        if (file_ == nullptr) return false;
        data_ = MapViewOfFile(file_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
        if (data_ == nullptr) return false;
        open_ = true;
        return true;
    }

    void close() {
        UnmapViewOfFile(data_);
        CloseHandle(file_);
        open_ = false;
    }

private:
    HANDLE file_ = nullptr;
    void *data_ = nullptr;
    bool open_;
};

class ClosedByEachHandle {
public:
    ~ClosedByEachHandle() { close(); }

    bool open(DWORD bytes) {
        table_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        if (table_ == nullptr) return false;
        rows_ = MapViewOfFile(table_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
        return rows_ != nullptr;
    }

    void close() {
        if (rows_) UnmapViewOfFile(rows_);
        rows_ = nullptr;
        if (table_) CloseHandle(table_);
        table_ = nullptr;
    }

private:
    HANDLE table_ = nullptr;
    void *rows_ = nullptr;
};

class FlagSetByTheCaller {
public:
    ~FlagSetByTheCaller() {
        if (ready_) {
            if (start_) UnmapViewOfFile(start_);
            CloseHandle(block_);
        }
    }

    bool begin(DWORD bytes) {
        ready_ = true;
        return create(bytes);
    }

private:
    bool create(DWORD bytes) {
        block_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        if (!block_) return false;
        start_ = MapViewOfFile(block_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
        return start_ != nullptr;
    }

    HANDLE block_ = nullptr;
    void *start_ = nullptr;
    bool ready_ = false;
};

class Poller {
public:
    ~Poller() {
        if (shown_) UnmapViewOfFile(shown_);
        if (polled_) CloseHandle(polled_);
    }

    void update() {
        if (!connected_ && !connect()) return;
        draw(shown_);
    }

private:
    bool connect() {
        polled_ = OpenFileMappingW(FILE_MAP_READ, FALSE, L"player"); //! section-leaks-on-path
        if (polled_) {
            shown_ = MapViewOfFile(polled_, FILE_MAP_READ, 0, 0, 0);
            if (shown_) connected_ = true;
        }
        return connected_;
    }

    HANDLE polled_ = nullptr;
    void *shown_ = nullptr;
    bool connected_ = false;
};

class PollerThatClosesFirst {
public:
    ~PollerThatClosesFirst() { drop(); }

    void update() {
        if (!linked_ && !link()) {
            drop();
            return;
        }
        draw(image_);
    }

private:
    bool link() {
        source_ = OpenFileMappingW(FILE_MAP_READ, FALSE, L"player");
        if (source_) {
            image_ = MapViewOfFile(source_, FILE_MAP_READ, 0, 0, 0);
            if (image_) linked_ = true;
        }
        return linked_;
    }

    void drop() {
        if (image_) UnmapViewOfFile(image_);
        if (source_) CloseHandle(source_);
        image_ = nullptr;
        source_ = nullptr;
    }

    HANDLE source_ = nullptr;
    void *image_ = nullptr;
    bool linked_ = false;
};

class OpensOnlyIfNotOpen {
public:
    ~OpensOnlyIfNotOpen() {
        if (seen_) UnmapViewOfFile(seen_);
        if (shared_) CloseHandle(shared_);
    }

    void start() {
        if (shared_ != nullptr) return;
        shared_ = OpenFileMappingW(FILE_MAP_READ, FALSE, L"screen");
        if (shared_ == nullptr) return;
        seen_ = MapViewOfFile(shared_, FILE_MAP_READ, 0, 0, 0);
        if (seen_ == nullptr) return;
        draw(seen_);
    }

private:
    HANDLE shared_ = nullptr;
    void *seen_ = nullptr;
};

class ClosesWhatIsNone {
public:
    ~ClosesWhatIsNone() {
        if (impossible_ == INVALID_HANDLE_VALUE) CloseHandle(impossible_);
    }

    void open(DWORD bytes) {
        impossible_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-never-closed
    }

private:
    HANDLE impossible_ = nullptr;
};

class LeftUnfinished {
public:
    explicit LeftUnfinished(DWORD bytes) {
        memory_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-leaks-on-path
        if (memory_ == nullptr) return;
        if (!publish(bytes)) return;
        published_ = true;
    }

    void close() { CloseHandle(memory_); }

private:
    HANDLE memory_ = nullptr;
    bool published_ = false;
};

class FinishedByItsDestructor {
public:
    explicit FinishedByItsDestructor(DWORD bytes) {
        arena_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        if (arena_ == nullptr) return;
        if (!publish(bytes)) return;
        published_ = true;
    }

    ~FinishedByItsDestructor() { close(); }

    void close() {
        if (arena_) CloseHandle(arena_);
        arena_ = nullptr;
    }

private:
    HANDLE arena_ = nullptr;
    bool published_ = false;
};

class ThrowsHalfWay {
public:
    explicit ThrowsHalfWay(DWORD bytes) {
        pages_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-leaks-on-path
        if (!pages_) throw std::runtime_error("map");
        first_ = MapViewOfFile(pages_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
        if (!first_) throw std::runtime_error("view");
    }

    ~ThrowsHalfWay() {
        UnmapViewOfFile(first_);
        CloseHandle(pages_);
    }

private:
    HANDLE pages_ = nullptr;
    void *first_ = nullptr;
};

class OwnedByItsBase {
public:
    ~OwnedByItsBase() {
        if (inner_) CloseHandle(inner_);
    }

protected:
    HANDLE inner_ = nullptr;
};

class ThrowsOverAnOwner : OwnedByItsBase {
public:
    explicit ThrowsOverAnOwner(DWORD bytes) {
        inner_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        if (!inner_) throw std::runtime_error("map");
        outer_.reset(MapViewOfFile(inner_, FILE_MAP_ALL_ACCESS, 0, 0, 0));
        if (!outer_) throw std::runtime_error("view");
    }

private:
    std::unique_ptr<void, Unmapper> outer_;
};

class GrowsByClosingFirst {
public:
    GrowsByClosingFirst() : closed_(true) {}
    ~GrowsByClosingFirst() {
        if (!closed_) close();
    }

    bool grow(DWORD bytes) {
        UnmapViewOfFile(shown_);
        CloseHandle(grown_);
        grown_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr);
        if (grown_ == nullptr) return false;
        shown_ = MapViewOfFile(grown_, FILE_MAP_ALL_ACCESS, 0, 0, 0);
        return shown_ != nullptr;
    }

    void close() {
        UnmapViewOfFile(shown_);
        CloseHandle(grown_);
        closed_ = true;
    }

private:
    HANDLE grown_ = nullptr;
    void *shown_ = nullptr;
    bool closed_;
};

class AsksItself {
public:
    explicit AsksItself(HANDLE section) {
        asked_ = MapViewOfFile(section, FILE_MAP_READ, 0, 0, 0);
        if (Invalid()) throw std::runtime_error("view");
    }

    explicit AsksItself(DWORD bytes) {
        made_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr); //! section-leaks-on-path
        if (!IsMade()) throw std::runtime_error("section");
        asked_ = MapViewOfFile(made_, FILE_MAP_READ, 0, 0, 0);
        if (Invalid()) throw std::runtime_error("view");
    }

    ~AsksItself() {
        if (!Invalid()) UnmapViewOfFile(asked_);
        if (IsMade()) CloseHandle(made_);
    }

    bool Invalid() const { return asked_ == nullptr; }
    bool IsMade() const { return made_ != nullptr; }

private:
    HANDLE made_ = nullptr;
    void *asked_ = nullptr;
};
