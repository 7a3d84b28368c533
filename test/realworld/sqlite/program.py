"""SQLite, with its own speedtest1."""

import re
import shutil
import subprocess

from points import Event, Function

package = "sqlite3"
# Packages that its build needs.
tools = ["make", "tcl"]
system = "sqlite"
sources = "amalgamation"

points = [
    Function("sqlite3.c", "sqlite3RunParser", 'parse=%p sql=\\"%s\\"'),
    Function("sqlite3.c", "sqlite3BtreeInsert", "cursor=%p row=%p flags=%#x seek=%d"),
    Function("sqlite3.c", "sqlite3BtreeDelete", "cursor=%p flags=%d"),
    Function("sqlite3.c", "sqlite3PagerSharedLock", "pager=%p"),
    Function("sqlite3.c", "sqlite3_step", "statement=%p"),
    Function("sqlite3.c", "sqlite3VdbeMemSetDouble", "memory=%p value=%g"),
    Function("sqlite3.c", "balance_nonroot", "parent=%p index=%d space=%p root=%d bulk=%d"),
    Event("sqlite3.c", "void trace_page_read(unsigned int page, long long offset)",
          "page=%u offset=%lld", "trace_page_read(pPg->pgno, iOffset);",
          r"i64 iOffset = \(pPg->pgno-1\)\*\(i64\)pPager->pageSize;"),
    Event("sqlite3.c", "void trace_page_written(unsigned int page, long long offset)",
          "page=%u offset=%lld", "trace_page_written(pgno, offset);",
          r"i64 offset = \(pgno-1\)\*\(i64\)pPager->pageSize; .*$"),
    Event("sqlite3.c", "void trace_statement_finished(const void *statement, int status, bool autocommit)",
          "statement=%p status=%d autocommit=%d",
          "trace_statement_finished(p, p->rc, db->autoCommit);",
          r"closeAllCursors\(p\);\n  checkActiveVdbeCnt\(db\);"),
    Event("sqlite3.c", "void trace_prepare(const char *schema, unsigned int flags, int bytes)",
          "schema=%s flags=%#x bytes=%d",
          "trace_prepare(db->aDb[0].zDbSName, prepFlags, nBytes);",
          r"if\( db->mallocFailed \) sqlite3ErrorMsg\(&sParse, \"out of memory\"\);"),
    Event("sqlite3.c", "void trace_sort(const void *task, unsigned long bytes)",
          "task=%p bytes=%lu", "trace_sort(pTask, (unsigned long)pList->szPMA);",
          r"pTask->xCompare = vdbeSorterGetCompare\(pTask->pSorter\);"),
    Event("sqlite3.c", "void trace_plan(short rows, unsigned char loops, float rows_log2)",
          "rows=%hd loops=%d log2=%g",
          "trace_plan(pWInfo->nRowOut, pWInfo->nLevel, (float)pWInfo->nRowOut / 10);",
          r"pWInfo->nRowOut = pFrom->nRow;"),
]


def prepare(source):
    """Makes the one-file source, as its own build does."""
    folder = source / sources
    if (folder / "speedtest1.c").exists():
        return
    folder.mkdir(exist_ok=True)
    with open(folder / "make.log", "w") as log:
        for command in (["../configure", "--disable-tcl"], ["make", "sqlite3.c"]):
            subprocess.run(command, cwd=folder, check=True, stdout=log, stderr=log)
    shutil.copy(source / "test/speedtest1.c", folder)


def files(folder):
    return [folder / "sqlite3.c", folder / "speedtest1.c"]


flags = ["-std=gnu11", "-D_GNU_SOURCE", "-DSQLITE_THREADSAFE=1"]
libraries = ["-lm", "-ldl", "-lpthread"]


def workload(program, here, folder):
    database = folder / "speedtest1.db"
    database.unlink(missing_ok=True)
    return [program, "--size", "5", "--cachesize", "50", "--verify", database]


def comparable(output):
    """Without the times."""
    return re.sub(r" +[0-9.]+s$", "", output, flags=re.M)
