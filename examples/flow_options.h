/*
 * The command line of r53-flow: what is asked, by whom, with which request, of which files.
 */
#ifndef R53_EXAMPLES_FLOW_OPTIONS_H
#define R53_EXAMPLES_FLOW_OPTIONS_H

#include "load.h"

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };

/* Forms of output beside enum r53_render_form. */
enum { FORM_DEFAULT = 0, FORM_WHY = 100 };

/* What is put out: the run of one query, or a picture of the model. */
enum { PICTURE_RUN = 0, PICTURE_OUTCOMES, PICTURE_TREE };

enum { FILES_MAX = 256, HEADERS_MAX = 64, PROTOCOLS_MAX = 8, GROUPS_MAX = 16 };

/* What the command line says. Texts are the command line's own. */
struct job {
    r53_query query;
    r53_request request;
    r53_json_context context; /* of the files behind it */
    int64_t now_ms;
    int32_t form;    /* enum r53_render_form or a FORM_ */
    int32_t picture; /* a PICTURE_ */
    bool quiet, help;
    const char *expected; /* what the option being read wants, for its refusal; NULL: not said */
    const char *behind;   /* the last context option that no FILE follows yet */
    bool has_latitude, has_longitude;
    char address[64]; /* of --source */
    char url[4096];   /* a --url without host, completed */
    r53_header headers[HEADERS_MAX];
    const char *protocols[PROTOCOLS_MAX];
    const char *groups[GROUPS_MAX];
    struct source files[FILES_MAX];
    size_t n_files;
};

/* Reads the command line; 0, or an exit code after telling why on standard error. */
int job_read(struct job *job, char **argv);

/* The option that gives what a finding says to give in the context; NULL: none. */
const char *option_hint(const char *text);

/* The option that says a member of the query or the request; the member's own path where none does. */
const char *option_of(const char *path);

/* Prints what --help prints. */
void help_print(void);

#endif
