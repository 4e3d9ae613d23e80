/*
 * Files into a view: what a program does before it can ask the library anything. The library reads
 * from memory; opening files and telling people about them is done here.
 */
#ifndef R53_EXAMPLES_LOAD_H
#define R53_EXAMPLES_LOAD_H

#include <r53/json.h>
#include <r53/r53.h>

#include <stdbool.h>
#include <stddef.h>

/* A file of the command line. */
struct source {
    const char *name; /* "-": standard input; NAME.zone: the zone file of NAME; else JSON */
    r53_json_context context;
};

/* How findings are told. */
struct telling {
    const char *program; /* whose name stands in front; NULL: the file's alone */
    bool quiet;          /* errors only */
    /* The option that a finding's text asks for, to be told with it, or NULL; may be NULL */
    const char *(*hint)(const char *text);
};

/* The whole file, to be freed; NULL: told on standard error. */
char *file_read(const char *name, size_t *length);

/* Tells the report's findings on standard error and forgets them. */
void findings_tell(r53_report *report, const char *file, struct telling how);

/*
 * All files together as one view of the time `now_ms`, to be released; NULL: told on standard
 * error. `lenient`: what a zone file may hold and Route 53 would refuse is served too.
 */
const r53_view *sources_load(const struct source *sources, size_t n, bool lenient, int64_t now_ms,
                             struct telling how);

/* The same with the cloud beside it, to be freed, for who lists what there is. */
struct loaded {
    const r53_view *view; /* NULL: told, and no cloud either */
    r53_cloud *cloud;
};
struct loaded sources_load_all(const struct source *sources, size_t n, bool lenient,
                               int64_t now_ms, struct telling how);

#endif
